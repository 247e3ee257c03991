package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  private static final DateTimeFormatter REFERENCE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static String format(long millis) {
    byte[] text = new byte[24];
    assertThat(Rfc3339.format(millis, text)).isTrue();
    return new String(text, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z",
        "2026-01-17T03:36:48.007Z",
        "2024-02-29T12:00:00.120Z",
        "2024-03-01T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "1900-02-28T23:59:59.999Z",
        "1900-03-01T00:00:00.000Z",
        "2100-12-31T23:59:59.999Z",
        "2400-02-29T00:00:00.001Z",
        "0000-01-01T00:00:00.000Z",
        "0000-02-29T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z"
      })
  void writesInstantsAsTheyAreParsed(String text) {
    assertThat(format(Instant.parse(text).toEpochMilli())).isEqualTo(text);
  }

  @Test
  void agreesWithTheFormatterOfTheJdkOnEveryDayOfFourHundredYears() {
    long day = 86_400_000L;
    for (long at = Instant.parse("1800-01-01T13:14:15.016Z").toEpochMilli();
        at < Instant.parse("2200-01-02T00:00:00Z").toEpochMilli();
        at += day) {
      assertThat(format(at)).isEqualTo(REFERENCE.format(Instant.ofEpochMilli(at)));
    }
  }

  @Test
  void agreesWithTheFormatterOfTheJdkAtAnyMillisecond() {
    Random random = new Random(20_260_117);
    long from = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    for (int i = 0; i < 10_000; i++) {
      long at = random.nextLong(from, to);
      assertThat(format(at)).isEqualTo(REFERENCE.format(Instant.ofEpochMilli(at)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0001-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "-292275055-05-16T16:47:04.192Z",
        "+292278994-08-17T07:12:55.807Z"
      })
  void leavesYearsThatHaveNoFourDigitsAlone(String text) {
    assertThat(Rfc3339.format(Instant.parse(text).toEpochMilli(), new byte[24])).isFalse();
  }
}
