package dev.vigil.health.probe;

import org.jspecify.annotations.Nullable;

/**
 * Reads what Kubernetes' servers answer, {@code [+]ping ok}, {@code [-]etcd failed: reason
 * withheld} and {@code healthz check failed}, and bodies that are one word, such as {@code ok}.
 */
final class HealthText {

  private HealthText() {}

  static void read(String body, Reading reading) {
    String text = body.strip();
    if (Status.of(text) != null) {
      reading.overall(text);
      return;
    }
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      line(text.substring(start, end).strip(), reading);
      start = end + 1;
    }
  }

  private static void line(String line, Reading reading) {
    if (line.startsWith("[") && line.startsWith("]", 2)) {
      int space = line.indexOf(' ', 3);
      String name = space < 0 ? line.substring(3) : line.substring(3, space);
      String why = space < 0 ? null : reason(line.substring(space + 1));
      reading.check(name, word(line.charAt(1)), why);
    } else if (line.endsWith(" check passed")) {
      reading.overall(Status.HEALTHY.word());
    } else if (line.endsWith(" check failed")) {
      reading.overall(Status.UNHEALTHY.word());
    }
  }

  private static String word(char sign) {
    return switch (sign) {
      case '+' -> Status.HEALTHY.word();
      case '-' -> Status.UNHEALTHY.word();
      default -> Status.DEGRADED.word();
    };
  }

  private static @Nullable String reason(String rest) {
    int colon = rest.indexOf(": ");
    return colon < 0 ? null : rest.substring(colon + 2);
  }
}
