package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code {"status":"healthy","timestamp":"…","checks":{"database":{"status":"healthy"}}}}. */
final class NativeFormat implements BodyFormat {

  // A check as the anonymous see it, encoded once for all.
  private static final SerializableString HEALTHY = encoded(HealthStatus.HEALTHY);
  private static final SerializableString DEGRADED = encoded(HealthStatus.DEGRADED);
  private static final SerializableString UNHEALTHY = encoded(HealthStatus.UNHEALTHY);

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    HealthReport report = what.report();
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeStringField("status", report.status().word());
      json.writeFieldName("timestamp");
      Rfc3339.write(json, report.timestampMillis());
      if (report.drill()) {
        json.writeBooleanField("drill", true);
      }
      if (what.details()) {
        if (report.version().isPresent()) {
          json.writeStringField("version", report.version().get());
        }
        json.writeNumberField("uptime", Json.seconds(report.uptime()));
        if (report.reason().isPresent()) {
          json.writeStringField("reason", what.redactor().redact(report.reason().get()));
        }
      }
      if (what.checks()) {
        checks(what, json);
      }
      json.writeEndObject();
    }
  }

  /** Writes the field {@code checks}. */
  static void checks(Rendering what, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("checks");
    List<CheckReport> checks = what.report().entries();
    for (int i = 0; i < checks.size(); i++) {
      CheckReport check = checks.get(i);
      json.writeFieldName(check.name());
      if (what.details()) {
        json.writeStartObject();
        json.writeStringField("status", check.status().word());
        CheckDetails.write(json, what.redactor(), check);
        json.writeEndObject();
      } else {
        json.writeRawValue(bare(check.status()));
      }
    }
    json.writeEndObject();
  }

  private static SerializableString bare(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> HEALTHY;
      case DEGRADED -> DEGRADED;
      case UNHEALTHY -> UNHEALTHY;
    };
  }

  private static SerializableString encoded(HealthStatus status) {
    return new SerializedString("{\"status\":\"" + status.word() + "\"}");
  }
}
