package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What channels have heard, as it stands in the state file. */
final class DeliveredJson {

  private DeliveredJson() {}

  /** Takes what is read. */
  interface Reader {
    void take(String channel, String rule, Alert alert, Instant toldAt);
  }

  static @Nullable JsonNode write(Collection<Channel> channels) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (Channel channel : channels) {
      ArrayNode told = JsonNodeFactory.instance.arrayNode();
      for (ToldAlert each : channel.delivered()) {
        told.add(write(each));
      }
      if (!told.isEmpty()) {
        all.set(channel.name(), told);
      }
    }
    return all.isEmpty() ? null : all;
  }

  private static ObjectNode write(ToldAlert told) {
    Alert alert = told.alert();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rule", told.rule());
    node.put("at", told.at().toString());
    node.put("incident", alert.incident());
    node.put("severity", alert.severity().name());
    node.put("state", alert.state().name());
    ObjectNode labels = node.putObject("labels");
    alert.labels().forEach(labels::put);
    node.put("summary", alert.summary());
    node.put("runbook", alert.runbook());
    node.put("value", String.valueOf(alert.value())); // NaN is no JSON number
    node.put("activeAt", alert.activeAt().toString());
    node.put("firedAt", text(alert.firedAt()));
    node.put("endedAt", text(alert.endedAt()));
    return node;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  static void read(JsonNode delivered, Reader reader) {
    for (Map.Entry<String, JsonNode> channel : delivered.properties()) {
      for (JsonNode node : channel.getValue()) {
        try {
          String rule = node.path("rule").asText();
          reader.take(channel.getKey(), rule, alert(rule, node), at(node, "at"));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
          // A channel that is told once more is better than an engine that does not start.
        }
      }
    }
  }

  private static Alert alert(String rule, JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : node.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return new Alert(
        rule,
        Severity.valueOf(node.path("severity").asText()),
        AlertState.valueOf(node.path("state").asText()),
        Collections.unmodifiableMap(labels),
        node.path("summary").asText(),
        node.hasNonNull("runbook") ? node.get("runbook").asText() : null,
        Double.parseDouble(node.path("value").asText()),
        at(node, "activeAt"),
        node.hasNonNull("firedAt") ? at(node, "firedAt") : null,
        node.hasNonNull("endedAt") ? at(node, "endedAt") : null,
        node.path("incident").asText());
  }

  private static Instant at(JsonNode node, String field) {
    return Instant.parse(node.path(field).asText());
  }
}
