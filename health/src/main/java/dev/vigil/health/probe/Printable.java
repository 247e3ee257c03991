package dev.vigil.health.probe;

import java.util.List;

/**
 * Makes text that others wrote fit to stand in our line: without our secrets, which a server may
 * echo, without characters that move a terminal's cursor or forge a log line, and not too long.
 */
final class Printable {

  private final List<String> secrets;

  Printable(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Appends the text, at most {@code limit} characters of it. */
  void print(String foreign, int limit, StringBuilder into) {
    String text = foreign;
    for (String secret : secrets) {
      text = text.replace(secret, "***");
    }
    int end = Math.min(text.length(), limit);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      into.append(isPlain(c) ? c : '?');
    }
    if (end < text.length()) {
      into.append("...");
    }
  }

  /** No controls, no surrogates that a cut could halve, none that turns the writing's direction. */
  private static boolean isPlain(char c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }
}
