package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Parser;
import dev.vigil.alerts.internal.text.SyntaxFault;
import dev.vigil.core.internal.Quoted;
import java.util.Objects;

/**
 * What may be a name: short, and nothing that a header, a file or a terminal would stumble over.
 */
final class Names {

  private static final int LONGEST = 100;

  private Names() {}

  /**
   * A rule's or a channel's name: 1 to 100 printable characters, no space at either end.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String of(String what, String name) {
    Objects.requireNonNull(name, what);
    if (name.isEmpty()
        || name.length() > LONGEST
        || !name.equals(name.strip())
        || !printable(name)
        || name.indexOf('"') >= 0) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to "
              + LONGEST
              + " printable characters without quotes or a space at an end but was "
              + Quoted.of(name));
    }
    return name;
  }

  /** Whether nothing in it ends a line or steers a terminal. */
  static boolean printable(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
  }

  /** A definition's name: what a condition reads as a meter without tags. */
  static String definition(String name) {
    Objects.requireNonNull(name, "name");
    boolean meter;
    try {
      meter =
          name.length() <= LONGEST
              && Parser.expression(name) instanceof Expr.Meter read
              && read.name().equals(name);
    } catch (SyntaxFault none) {
      meter = false;
    }
    if (!meter) {
      throw new IllegalArgumentException(
          "a definition's name must be a letter, then letters, digits, '_', '.' or ':', at most "
              + LONGEST
              + " in all, and no word of the grammar, but was "
              + Quoted.of(name));
    }
    return name;
  }
}
