package dev.vigil.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * RFC 3339 in UTC with milliseconds: {@code 2026-01-31T23:59:59.123Z}. Keeps the last second's
 * text, since most lines share it with the one before. Thread-safe.
 */
final class Timestamps {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private volatile Second last = second(0);

  void append(JsonLine line, long epochMillis) {
    long epochSecond = Math.floorDiv(epochMillis, 1000L);
    Second second = last;
    if (second.epochSecond != epochSecond) {
      second = second(epochSecond);
      last = second;
    }
    int millis = (int) Math.floorMod(epochMillis, 1000L);
    line.raw(second.text)
        .raw((char) ('0' + millis / 100))
        .raw((char) ('0' + millis / 10 % 10))
        .raw((char) ('0' + millis % 10))
        .raw('Z');
  }

  private static Second second(long epochSecond) {
    return new Second(epochSecond, SECONDS.format(Instant.ofEpochSecond(epochSecond)));
  }
}
