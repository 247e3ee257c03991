package dev.vigil.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link SavedState} as JSON. What cannot be one is an {@link IOException}. */
final class SavedStateJson {

  /** Raised where an older version would misread what a newer one writes. */
  private static final int FORMAT = 1;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SavedStateJson() {}

  static byte[] write(SavedState state) throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("written", state.written().toString());
    var instances = root.putArray("instances");
    for (SavedState.Instance each : state.instances()) {
      ObjectNode node = instances.addObject();
      node.put("rule", each.rule()).put("severity", each.severity().name());
      node.put("expression", each.expression()).put("state", each.state().name());
      labels(node.putObject("labels"), each.labels());
      node.put("activeForNanos", each.activeFor()).put("activeAtMillis", each.activeAt());
      if (each.recoveringFor() >= 0) {
        node.put("recoveringForNanos", each.recoveringFor());
      }
      if (each.firedAt() != InstanceState.NEVER) {
        node.put("firedAtMillis", each.firedAt());
      }
      if (Double.isFinite(each.value())) {
        node.put("value", each.value());
      }
    }
    var silences = root.putArray("silences");
    for (Silence each : state.silences()) {
      ObjectNode node = silences.addObject();
      node.put("id", each.id()).put("until", each.until().toString()).put("reason", each.reason());
      labels(node.putObject("labels"), each.labels());
    }
    if (state.delivered() != null) {
      root.set("delivered", state.delivered());
    }
    return MAPPER.writeValueAsBytes(root);
  }

  private static void labels(ObjectNode node, Map<String, String> labels) {
    labels.forEach(node::put);
  }

  static SavedState read(byte[] json) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root.path("format").asInt() != FORMAT) {
        throw new IOException("it is not of format " + FORMAT);
      }
      List<SavedState.Instance> instances = new ArrayList<>();
      for (JsonNode node : root.path("instances")) {
        instances.add(instance(node));
      }
      List<Silence> silences = new ArrayList<>();
      for (JsonNode node : root.path("silences")) {
        Instant until = Instant.parse(text(node, "until"));
        silences.add(new Silence(text(node, "id"), labels(node), until, text(node, "reason")));
      }
      Instant written = Instant.parse(text(root, "written"));
      return new SavedState(written, instances, silences, root.get("delivered"));
    } catch (RuntimeException wrongShape) {
      throw new IOException("it does not have the shape of a state file", wrongShape);
    }
  }

  private static SavedState.Instance instance(JsonNode node) throws IOException {
    AlertState state = AlertState.valueOf(text(node, "state"));
    long activeFor = node.path("activeForNanos").asLong(-1);
    if (activeFor < 0) {
      throw new IOException("an instance has been active for less than no time");
    }
    return new SavedState.Instance(
        text(node, "rule"),
        Severity.valueOf(text(node, "severity")),
        text(node, "expression"),
        labels(node),
        state,
        activeFor,
        node.path("recoveringForNanos").asLong(-1),
        node.path("activeAtMillis").asLong(),
        node.path("firedAtMillis").asLong(InstanceState.NEVER),
        node.path("value").asDouble(Double.NaN));
  }

  private static Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : node.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return labels;
  }

  private static String text(JsonNode node, String name) throws IOException {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual()) {
      throw new IOException("it has no text \"" + name + "\" where one is expected");
    }
    return value.asText();
  }
}
