package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log calls with planted secrets and decoys, put together by others (planted.json). Its injections
 * are about lines and characters, which redaction leaves alone: the logging module answers them.
 */
class RedactorVectorsTest {

  private static final Redactor REDACTOR = Redactor.standard();

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  void hidesEveryPlantedSecret(String name, JsonNode call) {
    String output = String.join("\n", output(call));

    for (JsonNode secret : call.get("secrets")) {
      assertThat(output).doesNotContain(secret.asText());
    }
    for (JsonNode kept : call.get("keep")) {
      assertThat(output).contains(kept.asText());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  void findsNothingMoreInWhatIsRedacted(String name, JsonNode call) {
    for (String text : output(call)) {
      assertThat(REDACTOR.redact(text)).isSameAs(text);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoys")
  void leavesEveryDecoyAlone(String name, JsonNode call) {
    for (String text : texts(call)) {
      assertThat(REDACTOR.redact(text)).isSameAs(text);
    }
  }

  static Stream<Object[]> secrets() throws IOException {
    return calls("secrets");
  }

  static Stream<Object[]> decoys() throws IOException {
    return calls("decoys");
  }

  private static Stream<Object[]> calls(String kind) throws IOException {
    try (InputStream json =
        RedactorVectorsTest.class.getResourceAsStream("/redaction/planted.json")) {
      List<Object[]> calls = new ArrayList<>();
      for (JsonNode call : new ObjectMapper().readTree(json).get(kind)) {
        calls.add(new Object[] {call.get("id").asText() + " " + call.get("kind").asText(), call});
      }
      return calls.stream();
    }
  }

  /** What would leave the process: texts redacted, values under their names. */
  private static List<String> output(JsonNode call) {
    List<String> output = new ArrayList<>();
    texts(call).forEach(text -> output.add(REDACTOR.redact(text)));
    for (String context : List.of("mdc", "kv")) {
      for (Map.Entry<String, JsonNode> field : call.get(context).properties()) {
        output.add(REDACTOR.redact(field.getKey(), field.getValue().asText()));
      }
    }
    return output;
  }

  private static List<String> texts(JsonNode call) {
    String message = call.get("message").asText();
    for (JsonNode argument : call.get("args")) {
      Object value = new ObjectMapper().convertValue(argument, Object.class);
      message = message.replaceFirst("\\{}", value.toString()); // as SLF4J's formatter prints it
    }
    List<String> texts = new ArrayList<>(List.of(message));
    for (String part : List.of("exception", "cause")) {
      if (!call.get(part).isNull()) {
        texts.add(call.get(part).asText());
      }
    }
    return texts;
  }
}
