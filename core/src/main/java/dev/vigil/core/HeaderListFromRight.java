package dev.vigil.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a comma-separated header, last one first.
 *
 * <p>Proxies append, so what a trusted one wrote stands on the right and is well-formed; what a
 * client sent stands on the left and may be anything, an unclosed quote included. Reading from the
 * right never lets the second spoil the first, and never has to look at all of it: after {@value
 * #BUDGET} characters it gives up.
 *
 * <p>Not thread-safe.
 */
final class HeaderListFromRight {

  /** As much as servers take for all headers together by default (Tomcat, Jetty: 8 KiB). */
  private static final int BUDGET = 8_192;

  private final List<String> values;
  private final boolean quotes;
  private int value;
  private int end; // of what is unread in the current value
  private int budget = BUDGET;

  /**
   * Reads the values of one header.
   *
   * @param values the header's lines in order; null for an absent header, as some servers say
   * @param quotes whether a comma between double quotes separates nothing
   */
  HeaderListFromRight(@Nullable List<String> values, boolean quotes) {
    this.values = values == null ? List.of() : values;
    this.quotes = quotes;
    this.value = this.values.size();
    this.end = -1;
  }

  /** The next element to the left, trimmed and not empty; null at the end or when it gave up. */
  @Nullable String next() {
    while (true) {
      while (end < 0) {
        if (value == 0) {
          return null;
        }
        end = values.get(--value).length();
      }
      String text = values.get(value);
      int comma = commaBefore(text, end);
      if (gaveUp()) {
        return null;
      }
      String element = text.substring(comma + 1, end).strip();
      end = comma;
      if (!element.isEmpty()) {
        return element;
      }
    }
  }

  /** Whether reading stopped because the header is longer than any honest one. */
  boolean gaveUp() {
    return budget <= 0;
  }

  private int commaBefore(String text, int end) {
    boolean quoted = false;
    budget--; // an empty element or line costs something too
    for (int i = end - 1; i >= 0 && budget > 0; i--, budget--) {
      char c = text.charAt(i);
      if (c == ',' && !quoted) {
        return i;
      }
      if (c == '"' && quotes && !(quoted && escaped(text, i))) {
        quoted = !quoted;
      }
    }
    return -1;
  }

  /** Whether an odd number of backslashes stands before the character (RFC 9110, 5.6.4). */
  private boolean escaped(String text, int at) {
    int backslashes = 0;
    while (at - backslashes > 0 && text.charAt(at - backslashes - 1) == '\\' && budget-- > 0) {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
