package dev.vigil.headers;

import java.util.List;

/**
 * One directive of a Content-Security-Policy as it was written down; checked by {@link CspGrammar}.
 */
record Directive(String name, List<String> values) {

  Directive {
    values = List.copyOf(values);
  }

  boolean has(String value) {
    return values.contains(value);
  }

  @Override
  public String toString() {
    return values.isEmpty() ? name : name + " " + String.join(" ", values);
  }
}
