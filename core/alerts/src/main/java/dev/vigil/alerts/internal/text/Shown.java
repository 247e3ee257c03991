package dev.vigil.alerts.internal.text;

/** Foreign text inside an error message: short, and nothing in it that steers a terminal. */
public final class Shown {

  private static final int LONGEST = 60;

  private Shown() {}

  /** At most 60 characters, all of them printable. */
  public static String of(String text) {
    String line = line(text, 0, Math.min(text.length(), LONGEST));
    return text.length() > LONGEST ? line + "..." : line;
  }

  /** The characters from {@code from} to {@code to}, each that cannot be printed as '?'. */
  public static String line(String text, int from, int to) {
    StringBuilder line = new StringBuilder(to - from);
    text.substring(from, to)
        .codePoints()
        .forEach(c -> line.appendCodePoint(printable(c) ? c : c == '\t' ? ' ' : '?'));
    return line.toString();
  }

  private static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
