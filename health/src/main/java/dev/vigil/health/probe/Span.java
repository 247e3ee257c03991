package dev.vigil.health.probe;

import java.time.Duration;

/** Lengths of time as they stand on the command line and in our lines. */
final class Span {

  private static final Duration LONGEST = Duration.ofHours(24);

  private Span() {}

  /**
   * Reads {@code 500ms}, {@code 60s} or {@code 2m}.
   *
   * @param option the option's name, for the message
   * @throws WrongUsage unless it is a whole number with one of these units, from zero to a day
   */
  static Duration parse(String option, String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    // Eight digits: a day has 86 400 000 ms.
    if (digits > 0 && digits <= 8) {
      long number = Long.parseLong(text.substring(0, digits));
      Duration span =
          switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> LONGEST.plusMillis(1);
          };
      if (span.compareTo(LONGEST) <= 0) {
        return span;
      }
    }
    throw new WrongUsage(option + " takes a time like 500ms, 60s or 2m, up to 24 hours");
  }

  static void print(long nanos, StringBuilder into) {
    long millis = nanos / 1_000_000;
    if (millis >= 1000 && millis % 1000 == 0) {
      into.append(millis / 1000).append(" s");
    } else {
      into.append(millis).append(" ms");
    }
  }
}
