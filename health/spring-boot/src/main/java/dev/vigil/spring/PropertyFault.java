package dev.vigil.spring;

import org.jspecify.annotations.Nullable;

/**
 * One wrong property.
 *
 * @param property its name, as it would be written in YAML or a properties file
 * @param fault what came and what is allowed; redacted already
 * @param origin where it was set, if that is known
 */
record PropertyFault(String property, String fault, @Nullable String origin) {

  @Override
  public String toString() {
    return property + " " + fault + (origin == null ? "" : " (set in " + origin + ")");
  }
}
