package dev.vigil.headers;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a policy, so that a builder can tell all of it at once. Not
 * thread-safe.
 */
final class Faults {

  private final List<String> found = new ArrayList<>();

  /** Takes note: where, what came, what to do. */
  void add(String where, String what, String fix) {
    found.add(where + ": " + what + "; " + fix);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new PolicyException(found);
    }
  }
}
