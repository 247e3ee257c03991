package dev.vigil.spring;

import dev.vigil.core.PathPattern;
import dev.vigil.core.Redactor;
import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/** Collects what is wrong, so that it is told all at once. */
final class PropertyFaults {

  private final List<PropertyFault> faults = new ArrayList<>();

  /** A value that is not among those allowed. */
  void refuse(String property, Object came, String allowed, @Nullable Origin origin) {
    String shown = Redactor.standard().redact(property, came.toString());
    add(property, "was " + Quoted.of(shown) + "; allowed is " + allowed, origin);
  }

  /** Anything else, in words that follow the property's name. */
  void add(String property, String fault, @Nullable Origin origin) {
    faults.add(
        new PropertyFault(
            property,
            Redactor.standard().redact(fault),
            origin == null ? null : origin.toString()));
  }

  /** Has the property's reader say what is wrong with its value. */
  void check(String property, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException fault) {
      add(property, "is wrong: " + fault.getMessage(), null);
    }
  }

  /** Has each path pattern of a list read. */
  void checkPatterns(String property, @Nullable List<String> patterns) {
    if (patterns != null) {
      patterns.forEach(pattern -> check(property, () -> PathPattern.of(pattern)));
    }
  }

  /** Throws where there was anything. */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new WrongPropertiesException(faults);
    }
  }
}
