package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.core.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log calls put together by others (planted.json), through every format. */
class VectorsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Identity SHOP = new Identity("shop", "staging", "1.2.3", "");

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("secrets")
  void hidesEveryPlantedSecret(String name, LogFormat format, JsonNode call) {
    String line = line(format, call);

    for (JsonNode secret : call.get("secrets")) {
      assertThat(line).doesNotContain(secret.asText());
    }
    keeps(line, format, call);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("decoys")
  void leavesEveryDecoyAlone(String name, LogFormat format, JsonNode call) {
    keeps(line(format, call), format, call);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("injections")
  void keepsEveryInjectionOneLine(String name, LogFormat format, JsonNode call) {
    String line = line(format, call);

    keeps(line, format, call);
    if (format == LogFormat.TEXT) {
      assertThat(line).doesNotContain("\u001bd", "\u0000", "\n{");
    } else {
      assertThat(StrictJson.line(line).isObject()).isTrue();
    }
  }

  private static void keeps(String line, LogFormat format, JsonNode call) {
    String shown = line;
    if (format != LogFormat.TEXT) {
      StringBuilder values = new StringBuilder();
      collect(StrictJson.line(line), values);
      shown = values.toString();
    }
    for (JsonNode kept : call.get("keep")) {
      assertThat(shown).contains(kept.asText());
    }
  }

  private static void collect(JsonNode node, StringBuilder values) {
    if (node.isValueNode()) {
      values.append(node.asText()).append('\n');
    }
    node.forEach(child -> collect(child, values));
  }

  private static String line(LogFormat format, JsonNode call) {
    Throwable cause =
        call.get("cause").isNull() ? null : new IOException(call.get("cause").asText());
    Throwable thrown =
        call.get("exception").isNull()
            ? null
            : new IllegalStateException(call.get("exception").asText(), cause);
    Object[] arguments = MAPPER.convertValue(call.get("args"), Object[].class);
    Events event =
        Events.of(
            Level.toLevel(call.get("level").asText()),
            call.get("message").asText(),
            thrown,
            arguments);
    call.get("mdc").properties().forEach(e -> event.mdc(e.getKey(), e.getValue().asText()));
    call.get("kv").properties().forEach(e -> event.field(e.getKey(), e.getValue().asText()));
    LineEncoder encoder =
        format == LogFormat.TEXT
            ? new TextEncoder(Redactor.standard(), true)
            : new JsonEncoder(format, SHOP, Redactor.standard());
    return StrictJson.text(encoder.encode(event.event()));
  }

  static Stream<Object[]> secrets() throws IOException {
    return calls("secrets");
  }

  static Stream<Object[]> decoys() throws IOException {
    return calls("decoys");
  }

  static Stream<Object[]> injections() throws IOException {
    return calls("injections");
  }

  private static Stream<Object[]> calls(String kind) throws IOException {
    try (InputStream json = VectorsTest.class.getResourceAsStream("/redaction/planted.json")) {
      List<Object[]> calls = new ArrayList<>();
      for (JsonNode call : MAPPER.readTree(json).get(kind)) {
        for (LogFormat format : LogFormat.values()) {
          calls.add(new Object[] {call.get("id").asText(), format, call});
        }
      }
      return calls.stream();
    }
  }
}
