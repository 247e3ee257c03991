package dev.vigil.metrics.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The first so many names that come, and {@value #OTHER} for all that come later: a tag's values,
 * where a client may invent names. Reading one that is known takes no lock. Thread-safe.
 */
final class BoundedNames {

  static final String OTHER = "other";

  /** Longer ones are no names, and a registry keeps them for good. */
  private static final int LONGEST = 200;

  private final int most;
  private final Predicate<String> fit;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /**
   * For so many names.
   *
   * @param fit whether a name may become a value, beyond being short and printable
   */
  BoundedNames(int most, Predicate<String> fit) {
    this.most = most;
    this.fit = fit;
  }

  boolean isKnown(String name) {
    return names.contains(name);
  }

  String admit(String name) {
    if (names.contains(name)) {
      return name;
    }
    if (names.size() >= most || !isPlain(name) || !fit.test(name)) {
      return OTHER;
    }
    synchronized (this) {
      if (names.size() < most) {
        names.add(name);
      }
    }
    return names.contains(name) ? name : OTHER;
  }

  /** Printable ASCII alone: nothing that forges a line or hides in a dashboard. */
  private static boolean isPlain(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
