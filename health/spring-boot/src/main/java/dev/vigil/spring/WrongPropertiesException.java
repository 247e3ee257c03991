package dev.vigil.spring;

import java.util.List;
import java.util.stream.Collectors;

/** {@code vigil.*} properties are wrong: all of them, at once. */
final class WrongPropertiesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<PropertyFault> faults;

  WrongPropertiesException(List<PropertyFault> faults) {
    super(faults.stream().map(PropertyFault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  List<PropertyFault> faults() {
    return faults;
  }
}
