package dev.vigil.spring;

import dev.vigil.core.internal.NearestName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all {@code vigil.*} properties, taken from the records that hold them. */
final class KnownProperties {

  /** Stands for the key of a map: any name. */
  private static final String ANY = "*";

  /** Stands for an index into a list. */
  private static final String INDEX = "[]";

  private final List<List<String>> names = new ArrayList<>();

  KnownProperties(String prefix, Class<? extends Record> root) {
    collect(List.of(prefix), root);
  }

  private void collect(List<String> prefix, Class<?> holder) {
    for (RecordComponent component : holder.getRecordComponents()) {
      collect(plus(prefix, kebab(component.getName())), component.getGenericType());
    }
  }

  private void collect(List<String> name, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      boolean list = arguments.length == 1;
      if (list) {
        names.add(name); // as text with commas
      }
      collect(plus(name, list ? INDEX : ANY), arguments[arguments.length - 1]);
    } else if (type instanceof Class<?> holder && holder.isRecord()) {
      collect(name, holder);
    } else {
      names.add(name);
    }
  }

  boolean contains(ConfigurationPropertyName given) {
    return names.stream().anyMatch(known -> matches(known, given));
  }

  private static boolean matches(List<String> known, ConfigurationPropertyName given) {
    if (known.size() != given.getNumberOfElements()) {
      return false;
    }
    for (int i = 0; i < known.size(); i++) {
      String element = known.get(i);
      boolean fits =
          switch (element) {
            case ANY -> true;
            case INDEX -> given.isNumericIndex(i);
            default -> uniform(element).equals(given.getElement(i, Form.UNIFORM));
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** The known name that was probably meant, with the given one's own keys and indexes in it. */
  Optional<String> nearest(ConfigurationPropertyName given) {
    List<String> candidates = new ArrayList<>();
    for (List<String> known : names) {
      StringBuilder candidate = new StringBuilder();
      for (int i = 0; i < known.size(); i++) {
        String element = known.get(i);
        if (element.equals(ANY)) {
          element = i < given.getNumberOfElements() ? given.getElement(i, Form.ORIGINAL) : "<name>";
        }
        candidate.append(i == 0 || element.equals(INDEX) ? "" : ".").append(element);
      }
      candidates.add(candidate.toString());
    }
    return NearestName.of(given.toString(), candidates);
  }

  private static List<String> plus(List<String> name, String element) {
    List<String> longer = new ArrayList<>(name);
    longer.add(element);
    return List.copyOf(longer);
  }

  private static String uniform(String element) {
    return element.replace("-", "");
  }

  /** As Boot spells a property of a Java name. */
  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
