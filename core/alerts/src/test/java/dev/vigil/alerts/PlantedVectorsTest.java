package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Texts put together by others (planted.json), as values of labels that reach an alert. */
class PlantedVectorsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();

  @Test
  void hidesEveryPlantedSecretAndKeepsEveryDecoy() throws Exception {
    plant();
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .rule(AlertRule.builder("planted").when("planted > 0").summary("saw {text}").build())
            .build()) {
      List<AlertTransition> transitions = engine.evaluate(Instant.EPOCH);
      String told =
          transitions.stream()
              .map(change -> change.alert().summary() + "\n" + change.alert().labels())
              .reduce("", (all, one) -> all + one + "\n");
      String shown = new String(engine.view().json(), StandardCharsets.UTF_8);

      assertThat(transitions).hasSizeGreaterThan(15);
      assertThat(secrets)
          .hasSizeGreaterThan(10)
          .allSatisfy(
              secret -> {
                assertThat(told).doesNotContain(secret);
                assertThat(shown).doesNotContain(secret);
              });
      assertThat(kept).allSatisfy(keep -> assertThat(told).contains(keep));
    }
  }

  private void plant() throws Exception {
    JsonNode vectors;
    try (InputStream json = getClass().getResourceAsStream("/redaction/planted.json")) {
      vectors = new ObjectMapper().readTree(json);
    }
    int number = 0;
    for (String kind : List.of("secrets", "decoys")) {
      for (JsonNode call : vectors.get(kind)) {
        registry.gauge(
            "planted",
            Tags.of("text", text(call), "number", Integer.toString(number++)),
            new AtomicInteger(1));
        call.path("secrets").forEach(secret -> secrets.add(secret.asText()));
        call.get("keep").forEach(keep -> kept.add(keep.asText()));
      }
    }
  }

  private static String text(JsonNode call) {
    String text = call.get("message").asText();
    for (JsonNode argument : call.get("args")) {
      Object value = new ObjectMapper().convertValue(argument, Object.class);
      text = text.replace("{}", value.toString());
    }
    for (String part : List.of("exception", "cause")) {
      text += call.get(part).isNull() ? "" : " " + call.get(part).asText();
    }
    for (Map.Entry<String, JsonNode> entry : call.get("mdc").properties()) {
      text += " " + entry.getKey() + "=" + entry.getValue().asText();
    }
    return text;
  }
}
