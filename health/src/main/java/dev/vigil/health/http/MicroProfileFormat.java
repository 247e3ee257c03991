package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.io.OutputStream;

/**
 * MicroProfile Health 4: {@code status} and {@code checks}, nothing else at the top, and data of
 * strings, numbers and booleans. It has no degraded: such a check is UP with {@code
 * "status":"degraded"} in its data. {@code checks} has to be there, so it is empty where the caller
 * may not see them.
 */
final class MicroProfileFormat implements BodyFormat {

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeStringField("status", word(what.report().status()));
      json.writeArrayFieldStart("checks");
      if (what.checks()) {
        for (CheckReport check : what.report().entries()) {
          check(what, check, json);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void check(Rendering what, CheckReport check, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", check.name());
    json.writeStringField("status", word(check.status()));
    boolean degraded = check.status() == HealthStatus.DEGRADED;
    if (degraded || what.details()) {
      json.writeObjectFieldStart("data");
      if (degraded) {
        json.writeStringField("status", check.status().word());
      }
      if (what.details()) {
        CheckDetails.writeFlat(json, what.redactor(), check);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static String word(HealthStatus status) {
    return status == HealthStatus.UNHEALTHY ? "DOWN" : "UP";
  }
}
