package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What checks may say, and what becomes of it. */
class DetailsTest {

  private static HealthResponse ask(HealthResult result, HealthFormat format) {
    try (HealthRegistry registry =
        HealthRegistry.builder().check("c", c -> result, c -> c.inline().tags("t")).build()) {
      return HealthEndpoint.builder(registry)
          .disclosure(Disclosure.DETAILS)
          .build()
          .handle(get("?format=" + format.parameter()));
    }
  }

  private static JsonNode check(HealthResult result) {
    return Bodies.json(ask(result, HealthFormat.NATIVE)).at("/checks/c");
  }

  @Test
  void writesDataAsWhatItIs() {
    JsonNode check =
        check(
            HealthResult.healthy()
                .with("text", "a\"b\\c\n")
                .with("yes", true)
                .with("int", -7)
                .with("long", Long.MIN_VALUE)
                .with("double", 0.5)
                .with("big", new BigDecimal("1.50"))
                .with("tiny", new BigDecimal("1E-1000000"))
                .with("atomic", new AtomicLong(3))
                .with("duration", Duration.ofMillis(1500))
                .with("at", Instant.parse("2026-01-17T03:36:48.007009Z"))
                .with("map", Map.of("list", List.of(1, "two", List.of(3)))));

    assertThat(check.path("text").asText()).isEqualTo("a\"b\\c\n");
    assertThat(check.path("yes").isBoolean()).isTrue();
    assertThat(check.path("int").asInt()).isEqualTo(-7);
    assertThat(check.path("long").asLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(check.path("double").asDouble()).isEqualTo(0.5);
    assertThat(check.path("big").isNumber()).isTrue();
    assertThat(check.path("tiny").isNumber()).isTrue();
    assertThat(check.path("atomic").isIntegralNumber()).isTrue();
    assertThat(check.path("duration").asText()).isEqualTo("PT1.5S");
    assertThat(check.path("at").asText()).isEqualTo("2026-01-17T03:36:48.007Z");
    assertThat(check.path("map").toString()).isEqualTo("{\"list\":[1,\"two\",[3]]}");
  }

  @Test
  void putsNumbersThatJsonDoesNotHaveInQuotes() {
    Number strange =
        new Number() {
          @Override
          public int intValue() {
            return 0;
          }

          @Override
          public long longValue() {
            return 0;
          }

          @Override
          public float floatValue() {
            return 0;
          }

          @Override
          public double doubleValue() {
            return 0;
          }

          @Override
          public String toString() {
            return "1}, \"status\": \"healthy\"";
          }
        };

    JsonNode check =
        check(
            HealthResult.healthy()
                .with("nan", Double.NaN)
                .with("infinite", Float.NEGATIVE_INFINITY)
                .with("huge", BigInteger.TEN.pow(5_000))
                .with("strange", strange));

    assertThat(check.path("nan").asText()).isEqualTo("NaN");
    assertThat(check.path("infinite").asText()).isEqualTo("-Infinity");
    assertThat(check.path("huge").isTextual()).isTrue();
    assertThat(check.path("status").asText()).isEqualTo("healthy");
    assertThat(check(HealthResult.healthy().with("strange", strange)).path("strange").asText())
        .isEqualTo("1}, \"status\": \"healthy\"");
  }

  @Test
  void letsNoDataTakeThePlaceOfAFieldOfOurs() {
    HealthResult result = HealthResult.unhealthy("down").with("mine", 1);
    for (String key : CheckDetails.OURS) {
      result = result.with(key, "forged");
    }

    JsonNode check = check(result);

    assertThat(check.path("status").asText()).isEqualTo("unhealthy");
    assertThat(check.path("message").asText()).isEqualTo("down");
    assertThat(check.path("mine").asInt()).isEqualTo(1);
    assertThat(Bodies.keys(check)).doesNotContain("error", "stuckAt", "pending", "truncated");
    assertThat(Bodies.keys(check.path("data")))
        .containsExactlyInAnyOrderElementsOf(CheckDetails.OURS);
  }

  @Test
  void writesEachDottedKeyOnceForMicroProfile() {
    JsonNode data =
        Bodies.json(
                ask(
                    HealthResult.degraded("d")
                        .with("a", Map.of("b", 1))
                        .with("a.b", 2)
                        .with("status", "forged"),
                    HealthFormat.MICROPROFILE))
            .at("/checks/0/data");

    assertThat(data.path("a.b").asInt()).isEqualTo(1);
    assertThat(data.path("status").asText()).isEqualTo("degraded");
    assertThat(data.path("data.status").asText()).isEqualTo("forged");
    assertThat(data.path("tags.0").asText()).isEqualTo("t");
  }

  @ParameterizedTest
  @EnumSource(value = HealthFormat.class, names = "KUBERNETES", mode = EnumSource.Mode.EXCLUDE)
  void escapesWhatEndsALineOrIsNoCharacter(HealthFormat format) {
    String hostile = "\u2028\u2029\uD800\u0000\uDC00</script>\u00e9\uD83D\uDE00\r\nX-Evil: 1";

    HealthResponse response = ask(HealthResult.unhealthy(hostile).with("k\u2028", hostile), format);
    String text = Bodies.text(response);

    assertThat(text)
        .isEqualTo(new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
    assertThat(text).doesNotContain("\r", "\n", "\u0000");
    assertThat(Bodies.json(text)).isNotNull();
    assertThat(text).contains("\\u2028\\u2029\\uD800\\u0000\\uDC00");
  }

  private static HealthResult deep(int width) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < width; i++) {
      map.put("key" + i, List.of(List.of(i, "x".repeat(i % 50)), Map.of("in", "\u0001".repeat(9))));
    }
    return HealthResult.degraded("deep").with("map", map);
  }

  static Stream<HealthResult> excessive() {
    HealthResult many = HealthResult.unhealthy("many");
    for (int i = 0; i < 500; i++) {
      many = many.with("key" + i, "value" + i);
    }
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      numbers.add(i);
    }
    return Stream.of(
        many,
        deep(1000),
        HealthResult.unhealthy("m".repeat(1_000_000)),
        HealthResult.unhealthy("\u0000".repeat(100_000)),
        HealthResult.unhealthy("\uD83D\uDE00".repeat(100_000)),
        HealthResult.unhealthy("\"".repeat(10_000)).with("after", 1),
        HealthResult.unhealthy("text").with("text", "t".repeat(100_000)).with("after", 1),
        HealthResult.unhealthy("key").with("k".repeat(100_000), 1).with("after", 1),
        HealthResult.unhealthy("numbers").with("numbers", numbers),
        HealthResult.unhealthy("lists").with("lists", List.of(numbers, numbers, List.of(numbers))),
        HealthResult.unhealthy("big").with("big", BigInteger.TEN.pow(100_000)),
        HealthResult.unhealthy("both", new IllegalStateException()).with("status", numbers));
  }

  @ParameterizedTest
  @MethodSource("excessive")
  void capsWhatOneCheckSaysAndSaysSo(HealthResult result) {
    for (HealthFormat format : HealthFormat.values()) {
      HealthResponse response = ask(result, format);

      // 4 KB of the check's own, and what stands around it
      assertThat(response.contentLength()).as(format.name()).isLessThan(4096 + 256);
      if (format != HealthFormat.KUBERNETES && format != HealthFormat.HEALTH_JSON) {
        JsonNode body = Bodies.json(response);
        assertThat(body.findValue("truncated")).as(format.name()).isNotNull();
      }
    }
    assertThat(check(result).toString().length()).isLessThanOrEqualTo(4096);
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "ACTUATOR", "MICROPROFILE"})
  void showsDataBesideAMessageThatIsTooLong(HealthFormat format) {
    HealthResult result =
        HealthResult.unhealthy("m".repeat(10_000)).with("rows", 7).with("ids", List.of(1, 2));

    String body = Bodies.text(ask(result, format));

    assertThat(body).contains("rows\":7", "ids", "\"truncated\":true");
    assertThat(body).containsPattern("ids\":\\[1,2|ids\\.1\":2");
  }

  @Test
  void marksTheTextThatItHasCut() {
    String message = check(HealthResult.unhealthy("m".repeat(10_000))).path("message").asText();

    assertThat(message).startsWith("mmm").endsWith("m\u2026").hasSizeBetween(2000, 2048);
  }
}
