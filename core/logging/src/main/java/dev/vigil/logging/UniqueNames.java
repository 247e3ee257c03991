package dev.vigil.logging;

import java.util.HashSet;
import java.util.Set;

/**
 * Names of one JSON object's members, each made safe and used once. What an application calls the
 * same twice becomes {@code name} and {@code name#2}. Not thread-safe.
 */
final class UniqueNames {

  private static final int LONGEST = 128;

  private final SafeText safe;
  private final Set<String> used = new HashSet<>();

  UniqueNames(SafeText safe) {
    this.safe = safe;
  }

  String of(String name) {
    String wanted = normal(safe.of(name));
    String unique = wanted;
    for (int n = 2; !used.add(unique); n++) {
      unique = wanted + "#" + n;
    }
    return unique;
  }

  /** Whether a name is short and plain: then it is equal to another one only if it is the same. */
  static boolean isPlain(String name) {
    if (name.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // What a redactor may find something in, and what JSON escapes, is not plain.
      if ((c < 'a' || c > 'z')
          && (c < 'A' || c > 'Z')
          && (c < '0' || c > '9')
          && c != '_'
          && c != '.'
          && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** Short, and without halves of surrogate pairs, which would all become the same character. */
  private static String normal(String name) {
    String head = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        text.setCharAt(i, '?');
      }
    }
    return text.toString();
  }
}
