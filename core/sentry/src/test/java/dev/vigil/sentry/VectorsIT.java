package dev.vigil.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.core.Profile;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.protocol.Message;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Log calls put together by others (planted.json), as events. */
class VectorsIT {

  private final EnvelopeStore store = new EnvelopeStore();

  @AfterEach
  void stop() {
    Sentry.close();
    store.close();
  }

  @Test
  void hidesEveryPlantedSecretOfTheVectors() throws Exception {
    SentryReporter reporter = SentryReporter.start(store.dsn(), Profile.PRODUCTION, "");
    JsonNode vectors;
    try (InputStream json = getClass().getResourceAsStream("/redaction/planted.json")) {
      vectors = new ObjectMapper().readTree(json);
    }
    List<String> secrets = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (String kind : List.of("secrets", "decoys")) {
      for (JsonNode call : vectors.get(kind)) {
        capture(call);
        call.path("secrets").forEach(secret -> secrets.add(secret.asText()));
        call.get("keep").forEach(keep -> kept.add(keep.asText()));
      }
    }
    reporter.close();

    assertThat(store.events()).hasSize(19);
    assertThat(secrets).allSatisfy(secret -> assertThat(store.text()).doesNotContain(secret));
    String values = values(store.events());
    assertThat(kept).allSatisfy(keep -> assertThat(values).contains(keep));
  }

  private static void capture(JsonNode call) {
    Throwable cause = call.get("cause").isNull() ? null : new Exception(call.get("cause").asText());
    SentryEvent event = new SentryEvent();
    if (!call.get("exception").isNull()) {
      event.setThrowable(new IllegalStateException(call.get("exception").asText(), cause));
    }
    String text = call.get("message").asText();
    for (JsonNode argument : call.get("args")) {
      Object value = new ObjectMapper().convertValue(argument, Object.class);
      text = text.replace("{}", value.toString());
    }
    Message message = new Message();
    message.setFormatted(text);
    event.setMessage(message);
    for (Map.Entry<String, JsonNode> entry : call.get("mdc").properties()) {
      event.setTag(entry.getKey(), entry.getValue().asText());
    }
    Sentry.captureEvent(event);
  }

  private static String values(Iterable<JsonNode> nodes) {
    StringBuilder values = new StringBuilder();
    for (JsonNode node : nodes) {
      values.append(node.isValueNode() ? node.asText() + "\n" : values(node));
    }
    return values.toString();
  }
}
