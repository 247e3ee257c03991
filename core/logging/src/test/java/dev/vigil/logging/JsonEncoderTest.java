package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Redactor;
import java.util.List;
import java.util.Map;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MarkerFactory;

class JsonEncoderTest {

  private static final Identity SHOP = new Identity("shop", "staging", "1.2.3", "host-1");

  private final JsonEncoder encoder = encoder(LogFormat.NATIVE);

  private static JsonEncoder encoder(LogFormat format) {
    return new JsonEncoder(format, SHOP, Redactor.standard());
  }

  private JsonNode line(Events event) {
    return StrictJson.line(encoder.encode(event.event()));
  }

  @Test
  void writesTheFieldsOfTheGuide() {
    JsonNode line = line(Events.info("paid {}", 42));

    assertThat(line.get("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z");
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("service").asText()).isEqualTo("shop");
    assertThat(line.get("environment").asText()).isEqualTo("staging");
    assertThat(line.get("version").asText()).isEqualTo("1.2.3");
    assertThat(line.get("logger").asText()).isEqualTo("com.example.Orders");
    assertThat(line.get("thread").asText()).isEqualTo("main");
    assertThat(line.get("message").asText()).isEqualTo("paid 42");
    assertThat(line.has("stack")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = LogFormat.class, names = "TEXT", mode = EnumSource.Mode.EXCLUDE)
  void keepsWhatAnApplicationNamesApartFromItsOwnFields(LogFormat format) {
    Events event = Events.of(Level.ERROR, "real", new IllegalStateException("x"));
    JsonNode plain = StrictJson.line(encoder(format).encode(event.event()));
    plain.fieldNames().forEachRemaining(name -> event.mdc(name, "forged").field(name, "forged"));

    JsonNode line = StrictJson.line(encoder(format).encode(event.event()));

    plain
        .properties()
        .forEach(field -> assertThat(line.get(field.getKey())).isEqualTo(field.getValue()));
  }

  @Test
  void writesNoKeyTwiceWhateverTheContextHolds() {
    Events event = Events.info("x");
    for (String key :
        List.of(
            "token=a",
            "token=b",
            "\ud800",
            "\ud801",
            "a",
            "",
            "\"",
            "k".repeat(200),
            "k".repeat(300))) {
      event.mdc(key, "v").field(key, 1).field(key, 2);
    }

    JsonNode line = line(event);

    assertThat(line.get("mdc")).hasSize(9);
    assertThat(line.get("fields")).hasSize(18);
  }

  @Test
  void promotesTheIdsOfTraceAndRequest() {
    JsonNode line =
        line(
            Events.info("x").mdc("traceId", "4bf9").mdc("span_id", "00f0").mdc("request_id", "r1"));

    assertThat(line.get("trace_id").asText()).isEqualTo("4bf9");
    assertThat(line.get("span_id").asText()).isEqualTo("00f0");
    assertThat(line.get("request_id").asText()).isEqualTo("r1");
    assertThat(line.has("mdc")).isFalse();
  }

  @Test
  void leavesAnIdAloneThatLooksLikeACard() {
    JsonNode line =
        line(Events.info("x").mdc("span_id", "4111111111111111").mdc("trace_id", "token=abc"));

    assertThat(line.get("span_id").asText()).isEqualTo("4111111111111111");
    assertThat(line.get("trace_id").asText()).isEqualTo("token=***");
  }

  @Test
  void hidesValuesByTheirNamesAndContents() {
    JsonNode line =
        line(
            Events.info("login {}", Map.of("password", "hunter2"))
                .mdc("session-token", "abc")
                .field("pin_secret", 1234)
                .field("card", 4111111111111111L)
                .field("note", "password=hunter2")
                .field("amount", 12.5)
                .marker(MarkerFactory.getDetachedMarker("token=abc")));

    assertThat(line.get("message").asText()).isEqualTo("login {password=***}");
    assertThat(line.at("/mdc/session-token").asText()).isEqualTo("***");
    assertThat(line.at("/fields/pin_secret").asText()).isEqualTo("***");
    assertThat(line.at("/fields/card").asText()).doesNotContain("4111111111111111");
    assertThat(line.at("/fields/note").asText()).isEqualTo("password=***");
    assertThat(line.at("/fields/amount").isDouble()).isTrue();
    assertThat(line.get("markers").get(0).asText()).isEqualTo("token=***");
  }

  @Test
  void takesStructuredArgumentsAndMarkersAsFields() {
    JsonNode line =
        line(
            Events.info("order {}", StructuredArguments.keyValue("id", 7))
                .marker(Markers.append("user", Map.of("name", "pat", "password", "hunter2")))
                .marker(Markers.appendRaw("raw", "{\"broken\""))
                .field("id", "again"));

    assertThat(line.at("/fields/id").asText()).isEqualTo("again");
    assertThat(line.at("/fields/id#2").asInt()).isEqualTo(7);
    assertThat(line.at("/fields/user/name").asText()).isEqualTo("pat");
    assertThat(line.at("/fields/user/password").asText()).isEqualTo("***");
    assertThat(line.at("/fields/invalid").asText()).isNotEmpty();
  }

  @Test
  void writesNumbersThatJsonHasNoWordForAsText() {
    JsonNode line =
        line(Events.info("x").field("nan", Double.NaN).field("inf", Float.NEGATIVE_INFINITY));

    assertThat(line.at("/fields/nan").asText()).isEqualTo("NaN");
    assertThat(line.at("/fields/inf").asText()).isEqualTo("-Infinity");
  }

  @Test
  void escapesEverythingThatEndsALineSomewhere() {
    String text =
        "a\nb\rc\u0085d\u2028e\u2029f\u0000g\u001b[31mh\u202ei\ud800j\ufeffk\"l\\m\tn 😀 你好 é";

    JsonNode line = line(Events.info("{}", text));

    assertThat(line.get("message").asText()).isEqualTo(text.replace('\ud800', '\ufffd'));
  }

  @Test
  void cutsLongLinesAndKeepsThemValid() {
    Events event =
        Events.of(
            Level.ERROR, "x".repeat(1_000_000), new IllegalStateException("y".repeat(500_000)));
    for (int i = 0; i < 300; i++) {
      event.mdc("key" + i, "😀".repeat(2_000)).field("key" + i, "\u0001".repeat(2_000));
    }

    byte[] bytes = encoder.encode(event.event());

    assertThat(bytes.length).isLessThanOrEqualTo(256 * 1024);
    JsonNode line = StrictJson.line(bytes);
    assertThat(line.get("message").asText()).contains("[cut");
    assertThat(line.get("level").asText()).isEqualTo("ERROR");
    assertThat(line.has("stack")).isTrue();
  }

  @Test
  void showsNoPartOfASecretThatACutGoesThrough() {
    String padding = "x ".repeat(81_910);
    for (int shift = 0; shift < 40; shift++) {
      String text = padding.substring(shift) + " 4111111111111111 and more ".repeat(3);
      String line = StrictJson.text(encoder.encode(Events.info(text).event()));
      assertThat(line).doesNotContain("41111");
    }
  }

  @Test
  void saysWhenAValueCannotBePrinted() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("password=hunter2");
          }
        };

    JsonNode line = line(Events.info("x {}", broken).field("value", broken));

    assertThat(line.at("/fields/value").asText()).contains("IllegalStateException");
    assertThat(line.toString()).doesNotContain("hunter2");
  }

  @Test
  void writesAMinimalLineWhereAnEventIsBroken() {
    var broken =
        new ch.qos.logback.classic.spi.LoggingEvent() {
          @Override
          public String getFormattedMessage() {
            throw new IllegalArgumentException("password=hunter2");
          }
        };
    broken.setLevel(Level.WARN);
    broken.setLoggerName("l");
    broken.setThreadName("t");

    JsonNode line = StrictJson.line(encoder.encode(broken));

    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("message").asText()).contains("IllegalArgumentException");
    assertThat(line.toString()).doesNotContain("hunter2");
  }

  @Test
  void encodesWhatAValueLogsWhileItIsPrinted() {
    Object logging =
        new Object() {
          @Override
          public String toString() {
            return StrictJson.line(encoder.encode(Events.info("inner").event()))
                .get("message")
                .asText();
          }
        };

    JsonNode line = line(Events.info("outer").field("value", logging));

    assertThat(line.get("message").asText()).isEqualTo("outer");
    assertThat(line.at("/fields/value").asText()).isEqualTo("inner");
  }
}
