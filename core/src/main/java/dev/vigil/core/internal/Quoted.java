package dev.vigil.core.internal;

/**
 * Foreign text made fit for an error message: in quotes, cut short, and without characters that
 * could forge a log line or steer a terminal.
 */
public final class Quoted {

  /** Enough to recognise a setting, too little to flood a log line. */
  private static final int LONGEST = 80;

  private Quoted() {}

  /** Returns {@code text} in double quotes, at most 80 characters of it, all of them printable. */
  public static String of(String text) {
    int shown = Math.min(text.length(), LONGEST);
    StringBuilder quoted = new StringBuilder(shown + 5).append('"');
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      quoted.append(printable(c) ? c : '?');
    }
    return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
  }

  private static boolean printable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> c != '"';
    };
  }
}
