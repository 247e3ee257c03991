package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.StringJoiner;

/**
 * {@code application/health+json}. What a check measures here is its response time, hence the keys
 * {@code database:responseTime}; data has no place in this format and is left out.
 */
final class HealthJsonFormat implements BodyFormat {

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    HealthReport report = what.report();
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeStringField("status", word(report.status()));
      if (report.drill()) {
        json.writeArrayFieldStart("notes");
        json.writeString("DRILL");
        json.writeEndArray();
      }
      if (what.details()) {
        if (report.version().isPresent()) {
          // "version" would be the public API's, which we do not know.
          json.writeStringField("releaseId", report.version().get());
        }
        if (report.reason().isPresent()) {
          json.writeStringField("output", what.redactor().redact(report.reason().get()));
        }
      }
      if (what.checks()) {
        json.writeObjectFieldStart("checks");
        for (CheckReport check : report.entries()) {
          check(what, check, json);
        }
        if (what.details()) {
          uptime(report, json);
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
  }

  private static void check(Rendering what, CheckReport check, JsonGenerator json)
      throws IOException {
    // A colon parts component and measurement, so one within a name has to go; "%" is in no name.
    json.writeArrayFieldStart(check.name().replace(":", "%3A") + ":responseTime");
    json.writeStartObject();
    json.writeStringField("componentId", check.name());
    json.writeStringField("status", word(check.status()));
    if (what.details()) {
      if (check.responseTime().isPresent()) {
        json.writeNumberField("observedValue", Json.millis(check.responseTime().get()));
        json.writeStringField("observedUnit", "ms");
      }
      if (check.checkedAt().isPresent()) {
        json.writeFieldName("time");
        Rfc3339.write(json, check.checkedAt().get().toEpochMilli());
      }
      String output = output(check);
      if (check.status() != HealthStatus.HEALTHY && !output.isEmpty()) {
        String clean = what.redactor().redact(Budget.readable(output));
        json.writeStringField("output", new Budget().fit(clean));
      }
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  /** Message, class of what was thrown, error id; as far as there are any. */
  private static String output(CheckReport check) {
    StringJoiner output = new StringJoiner(" ");
    check.message().ifPresent(output::add);
    check.cause().ifPresent(cause -> output.add("[" + cause.getClass().getName() + "]"));
    check.errorId().ifPresent(id -> output.add("[error id " + id + "]"));
    return output.toString();
  }

  private static void uptime(HealthReport report, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("uptime");
    json.writeStartObject();
    json.writeStringField("componentType", "system");
    json.writeNumberField("observedValue", Json.seconds(report.uptime()));
    json.writeStringField("observedUnit", "s");
    json.writeStringField("status", "pass");
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String word(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> "pass";
      case DEGRADED -> "warn";
      case UNHEALTHY -> "fail";
    };
  }
}
