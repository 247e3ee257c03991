package dev.vigil.health.internal.reading;

/**
 * Reads what Kubernetes' servers answer, {@code [+]ping ok}, {@code [-]etcd failed: reason
 * withheld} and {@code healthz check failed}, and bodies that are one word, such as {@code ok}.
 * They have no word for degraded; Vigil says {@code ok: degraded}, and the whole is then degraded
 * too, though it has passed.
 */
final class HealthText {

  private HealthText() {}

  static void read(String body, Reading reading) {
    String text = body.strip();
    String whole = text.startsWith("ok: ") ? text.substring(4) : text;
    if (Status.of(whole) != null) {
      reading.overall(whole);
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

  /** Whether a line begins with a check's sign. */
  static boolean isCheck(String line) {
    return line.startsWith("[") && line.startsWith("]", 2) && "+-".indexOf(line.charAt(1)) >= 0;
  }

  private static void line(String line, Reading reading) {
    if (isCheck(line)) {
      check(line, reading);
    } else if (line.endsWith(" check passed")) {
      reading.overall(Status.HEALTHY.word());
    } else if (line.endsWith(" check failed")) {
      reading.overall(Status.UNHEALTHY.word());
    }
  }

  private static void check(String line, Reading reading) {
    int space = line.indexOf(' ');
    String name = space < 0 ? line.substring(3) : line.substring(3, space);
    int colon = line.indexOf(": ", Math.max(space, 3));
    String why = colon < 0 ? null : line.substring(colon + 2);
    if (line.charAt(1) == '-') {
      reading.check(name, Status.UNHEALTHY.word(), why);
    } else if (Status.DEGRADED.word().equals(why)) {
      reading.check(name, Status.DEGRADED.word(), null);
      reading.overall(Status.DEGRADED.word());
    } else {
      reading.check(name, Status.HEALTHY.word(), null);
    }
  }
}
