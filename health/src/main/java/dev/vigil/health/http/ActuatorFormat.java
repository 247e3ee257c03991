package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Spring Boot Actuator's health, version 3. It has no degraded: such a check is UP with {@code
 * "status":"degraded"} in its details, and a degraded whole is UP with that word as the description
 * that Actuator's statuses may have.
 */
final class ActuatorFormat implements BodyFormat {

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    HealthReport report = what.report();
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      if (report.status() == HealthStatus.DEGRADED) {
        json.writeStringField("description", HealthStatus.DEGRADED.word());
      } else if (what.details() && report.reason().isPresent()) {
        json.writeStringField("description", what.redactor().redact(report.reason().get()));
      }
      json.writeStringField("status", word(report.status()));
      if (what.checks()) {
        json.writeObjectFieldStart("components");
        for (CheckReport check : report.entries()) {
          component(what, check, json);
        }
        json.writeEndObject();
        if (!what.groups().isEmpty()) {
          json.writeArrayFieldStart("groups");
          for (String group : what.groups()) {
            json.writeString(group);
          }
          json.writeEndArray();
        }
      }
      json.writeEndObject();
    }
  }

  private static void component(Rendering what, CheckReport check, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(check.name());
    json.writeStringField("status", word(check.status()));
    boolean degraded = check.status() == HealthStatus.DEGRADED;
    if (degraded || what.details()) {
      json.writeObjectFieldStart("details");
      if (degraded) {
        json.writeStringField("status", check.status().word());
      }
      if (what.details()) {
        CheckDetails.write(json, what.redactor(), check);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  static String word(HealthStatus status) {
    return status == HealthStatus.UNHEALTHY ? "DOWN" : "UP";
  }
}
