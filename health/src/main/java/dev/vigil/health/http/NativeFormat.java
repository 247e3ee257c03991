package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** {@code {"status":"healthy","timestamp":"…","checks":{"database":{"status":"healthy"}}}}. */
final class NativeFormat implements BodyFormat {

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    HealthReport report = what.report();
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeStringField("status", report.status().word());
      json.writeFieldName("timestamp");
      Rfc3339.write(json, report.timestampMillis());
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

  private static void checks(Rendering what, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("checks");
    List<CheckReport> checks = what.report().entries();
    for (int i = 0; i < checks.size(); i++) {
      CheckReport check = checks.get(i);
      json.writeObjectFieldStart(check.name());
      json.writeStringField("status", check.status().word());
      if (what.details()) {
        CheckDetails.write(json, what.redactor(), check);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
