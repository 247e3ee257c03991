package dev.vigil.alerts;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link AlertsView} as JSON. */
final class AlertsJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private AlertsJson() {}

  static byte[] write(AlertsView view) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("at", view.at().toString());
      json.writeNumberField("evaluations", view.evaluations());
      json.writeNumberField("missed", view.missed());
      json.writeObjectFieldStart("counts");
      for (Map.Entry<AlertState, Integer> count : view.counts().entrySet()) {
        json.writeNumberField(count.getKey().label(), count.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("rules");
      for (AlertsView.Rule rule : view.rules()) {
        rule(json, rule);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("silences");
      for (Silence silence : view.silences()) {
        silence(json, silence);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException never) {
      throw new UncheckedIOException("bytes in memory cannot fail", never);
    }
    return bytes.toByteArray();
  }

  private static void rule(JsonGenerator json, AlertsView.Rule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rule.name());
    json.writeStringField("severity", rule.severity().label());
    json.writeStringField("state", rule.state().label());
    text(json, "problem", rule.problem());
    json.writeStringField("condition", rule.condition());
    seconds(json, "duration", rule.duration());
    seconds(json, "keepFiringFor", rule.keepFiringFor());
    json.writeArrayFieldStart("channels");
    for (String channel : rule.channels()) {
      json.writeString(channel);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("alerts");
    for (Alert alert : rule.alerts()) {
      alert(json, alert);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("history");
    for (AlertTransition change : rule.history()) {
      json.writeStartObject();
      json.writeStringField("at", change.at().toString());
      json.writeStringField("from", change.from().label());
      json.writeStringField("to", change.to().label());
      labels(json, change.alert().labels());
      number(json, change.alert().value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void alert(JsonGenerator json, Alert alert) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", alert.state().label());
    labels(json, alert.labels());
    json.writeStringField("summary", alert.summary());
    text(json, "runbook", alert.runbook());
    number(json, alert.value());
    json.writeStringField("activeAt", alert.activeAt().toString());
    moment(json, "firedAt", alert.firedAt());
    moment(json, "endedAt", alert.endedAt());
    json.writeStringField("incident", alert.incident());
    json.writeEndObject();
  }

  private static void silence(JsonGenerator json, Silence silence) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", silence.id());
    labels(json, silence.labels());
    json.writeStringField("until", silence.until().toString());
    json.writeStringField("reason", silence.reason());
    json.writeEndObject();
  }

  private static void labels(JsonGenerator json, Map<String, String> labels) throws IOException {
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
  }

  /** JSON has no NaN and no infinity. */
  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField("value", value);
    } else {
      json.writeNullField("value");
    }
  }

  private static void seconds(JsonGenerator json, String name, Duration duration)
      throws IOException {
    json.writeNumberField(name, duration.toNanos() / 1e9);
  }

  private static void text(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }

  private static void moment(JsonGenerator json, String name, @Nullable Instant moment)
      throws IOException {
    if (moment != null) {
      json.writeStringField(name, moment.toString());
    }
  }
}
