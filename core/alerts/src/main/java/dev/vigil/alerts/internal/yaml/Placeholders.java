package dev.vigil.alerts.internal.yaml;

import dev.vigil.alerts.internal.text.Shown;
import dev.vigil.core.internal.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Fills <code>${NAME}</code> and <code>${NAME:default}</code>.
 *
 * <p>A value is filled in after the file has been read, so that nothing in a variable can change
 * the file's structure. Before, the three signs are put aside for characters of the private use
 * area, one for one so that columns stay: YAML would take the brace for a mapping of its own, in
 * <code>{webhook: ${SLACK_WEBHOOK}}</code>.
 */
final class Placeholders {

  private static final char DOLLAR = '\uE000';
  private static final char OPEN = '\uE001';
  private static final char CLOSE = '\uE002';

  private final Lookup lookup;
  private final Faults faults;

  /** Where values come from: null where there is none. */
  interface Lookup {
    @Nullable String of(String name);
  }

  Placeholders(Lookup lookup, Faults faults) {
    this.lookup = lookup;
    this.faults = faults;
  }

  /** The same text, with the signs of its placeholders put aside. */
  static String putAside(String file) {
    StringBuilder aside = new StringBuilder(file);
    for (int at = file.indexOf("${"); at >= 0; at = file.indexOf("${", at + 1)) {
      int end = at + 2;
      while (end < file.length() && "}{\n".indexOf(file.charAt(end)) < 0) {
        end++;
      }
      if (end < file.length() && file.charAt(end) == '}') {
        aside.setCharAt(at, DOLLAR);
        aside.setCharAt(at + 1, OPEN);
        aside.setCharAt(end, CLOSE);
      }
    }
    return aside.toString();
  }

  /** Names are shown as they were written. */
  static String restore(String text) {
    return text.replace(DOLLAR, '$').replace(OPEN, '{').replace(CLOSE, '}');
  }

  Yaml scalar(int line, int column, String text) {
    if (text.indexOf(DOLLAR) < 0) {
      return new Yaml.Scalar(line, column, text, false);
    }
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(DOLLAR); at >= 0; at = text.indexOf(DOLLAR, from)) {
      int close = text.indexOf(CLOSE, at);
      if (close < 0 || at + 1 >= close) {
        break;
      }
      filled.append(text, from, at);
      filled.append(value(line, column, text.substring(at + 2, close)));
      from = close + 1;
    }
    return new Yaml.Scalar(line, column, filled.append(text, from, text.length()).toString(), true);
  }

  private String value(int line, int column, String place) {
    int colon = place.indexOf(':');
    String name = colon < 0 ? place : place.substring(0, colon);
    if (!isName(name)) {
      faults.add(
          line,
          column,
          "a placeholder's name must be letters, digits, '_', '.' or '-' but was '"
              + Shown.of(name)
              + "'");
      return "";
    }
    String value = lookup.of(name);
    if (value != null && !value.isBlank()) {
      return value;
    }
    if (colon >= 0) {
      return place.substring(colon + 1);
    }
    faults.add(
        line,
        column,
        name + " is not set; set it, or give a default as in ${" + name + ":default}");
    return "";
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> Ascii.isAlphanumeric((char) c) || "_.-".indexOf(c) >= 0);
  }
}
