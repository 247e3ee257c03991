package dev.vigil.spring;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.convert.DurationStyle;

/** What a property may be, by its type and its {@link Within}. */
record PropertyRange(Class<?> type, @Nullable Within within) {

  static PropertyRange of(Bindable<?> target) {
    Class<?> type = target.getType().resolve(Object.class);
    return new PropertyRange(type, target.getAnnotation(Within.class));
  }

  boolean holds(Object value) {
    if (within == null) {
      return true;
    }
    if (value instanceof Duration duration) {
      return duration(within.least()).compareTo(duration) <= 0
          && duration.compareTo(duration(within.most())) <= 0;
    }
    if (value instanceof Number number) {
      long n = number.longValue();
      return Long.parseLong(within.least()) <= n && n <= Long.parseLong(within.most());
    }
    return true;
  }

  /** For people, to follow "allowed is". */
  String words() {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> kebab(((Enum<?>) constant).name()))
              .collect(Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    String range = within == null ? "" : " from " + within.least() + " to " + within.most();
    if (type == Duration.class) {
      return "a duration" + range + (within == null ? ", such as 500ms, 10s or 5m" : "");
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number" + range;
    }
    return "something that can be read as " + type.getSimpleName();
  }

  private static String kebab(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration duration(String text) {
    return DurationStyle.SIMPLE.parse(text);
  }
}
