package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Log calls put together by others (planted.json), as what a check says and throws. */
class PlantedVectorsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("secrets")
  void hidesEveryPlantedSecret(String name, HealthFormat format, JsonNode call) {
    try (HealthRegistry registry = registry(call)) {
      String body = body(registry, format);

      assertThat(body).contains("said");
      for (JsonNode secret : call.get("secrets")) {
        assertThat(body).doesNotContain(secret.asText());
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("decoys")
  void leavesEveryDecoyAlone(String name, HealthFormat format, JsonNode call) {
    try (HealthRegistry registry = registry(call)) {
      String message = message(call);

      JsonNode body = Bodies.json(body(registry, format));

      assertThat(body.at("/checks/said/message").asText()).isEqualTo(message);
    }
  }

  private static HealthRegistry registry(JsonNode call) {
    return HealthRegistry.builder()
        .check("said", context -> said(call), c -> c.inline())
        .check(
            "thrown",
            context -> {
              throw new IOException(
                  call.get("exception").asText(), new IOException(call.get("cause").asText()));
            },
            c -> c.inline())
        .build();
  }

  private static HealthResult said(JsonNode call) {
    HealthResult result = HealthResult.unhealthy(message(call));
    for (String context : List.of("mdc", "kv")) {
      for (Map.Entry<String, JsonNode> field : call.get(context).properties()) {
        result = result.with(field.getKey(), field.getValue().asText());
      }
    }
    return result;
  }

  private static String message(JsonNode call) {
    String message = call.get("message").asText();
    for (JsonNode argument : call.get("args")) {
      message = message.replace("{}", String.valueOf(MAPPER.convertValue(argument, Object.class)));
    }
    return message;
  }

  private static String body(HealthRegistry registry, HealthFormat format) {
    return Bodies.text(
        HealthEndpoint.builder(registry)
            .disclosure(Disclosure.DETAILS)
            .build()
            .handle(get("?verbose&format=" + format.parameter())));
  }

  static Stream<Object[]> secrets() throws IOException {
    return calls("secrets", HealthFormat.values());
  }

  static Stream<Object[]> decoys() throws IOException {
    return calls("decoys", HealthFormat.NATIVE);
  }

  private static Stream<Object[]> calls(String kind, HealthFormat... formats) throws IOException {
    try (InputStream json =
        PlantedVectorsTest.class.getResourceAsStream("/redaction/planted.json")) {
      List<Object[]> calls = new ArrayList<>();
      for (JsonNode call : MAPPER.readTree(json).get(kind)) {
        for (HealthFormat format : formats) {
          calls.add(new Object[] {call.get("id").asText(), format, call});
        }
      }
      return calls.stream();
    }
  }
}
