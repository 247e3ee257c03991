package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.core.ErrorReporter;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthChange;
import dev.vigil.health.HealthQuery;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the status page reads: what {@link NativeFormat} shows at the same level of disclosure, and
 * besides what the caller may see, how it could sign in, and for the authorised the changes of each
 * check that has had any.
 *
 * <p>Always 200, since an unhealthy service is no failure of the page, which browsers would log and
 * for which no {@code ETag} may be used. What changes with every report, its time, stands at the
 * end and is no part of the tag.
 */
final class StatusFeed implements Route {

  private final EndpointSettings settings;
  private final Disclosure level;
  private final List<String> schemes;

  /** As in {@link Page}: not volatile, since a thread sees a whole one or writes it anew. */
  private @Nullable Written last;

  private record Written(HealthReport report, HealthResponse response) {}

  /**
   * @param schemes of authentication by which a caller could see more
   */
  StatusFeed(EndpointSettings settings, Disclosure level, List<String> schemes) {
    this.settings = settings;
    this.level = level;
    this.schemes = schemes;
  }

  @Override
  public HealthResponse answer() {
    return show(settings.registry().check(HealthQuery.all()));
  }

  @Override
  public CompletableFuture<HealthResponse> answerLater() {
    return settings.registry().checkAsync(HealthQuery.all()).thenApply(this::show);
  }

  private HealthResponse show(HealthReport report) {
    Written known = last;
    if (known != null && known.report == report) {
      return known.response;
    }
    HealthResponse response;
    try {
      response = written(report);
    } catch (IOException | RuntimeException failure) {
      ErrorReporter.logging().report("writing what the status page reads", failure);
      return Refusal.BROKEN.response();
    }
    last = new Written(report, response);
    return response;
  }

  private HealthResponse written(HealthReport report) throws IOException {
    Rendering what = new Rendering(report, level, "page", false, List.of(), settings.redactor());
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    int lasting;
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeStringField("status", report.status().word());
      if (report.drill()) {
        json.writeBooleanField("drill", true);
      }
      json.writeStringField("access", level.name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("signIn");
      for (String scheme : schemes) {
        json.writeString(scheme);
      }
      json.writeEndArray();
      if (what.details()) {
        about(what, json);
      }
      if (what.checks()) {
        NativeFormat.checks(what, json);
      }
      json.flush();
      lasting = out.size();
      json.writeFieldName("timestamp");
      Rfc3339.write(json, report.timestampMillis());
      if (what.details()) {
        json.writeNumberField("uptime", Json.seconds(report.uptime()));
      }
      json.writeEndObject();
    }
    byte[] body = out.toByteArray();
    return HealthResponse.of(
        200,
        HealthFormat.NATIVE.contentType(),
        body,
        Map.of("ETag", EntityTag.of(body, lasting), "Vary", "Authorization"));
  }

  private void about(Rendering what, JsonGenerator json) throws IOException {
    HealthReport report = what.report();
    if (report.version().isPresent()) {
      json.writeStringField("version", report.version().get());
    }
    if (report.reason().isPresent()) {
      json.writeStringField("reason", what.redactor().redact(report.reason().get()));
    }
    json.writeObjectFieldStart("history");
    for (CheckReport check : report.entries()) {
      List<HealthChange> changes = changes(check.name());
      if (changes.size() > 1) { // the first is its first result
        history(check.name(), changes, json);
      }
    }
    json.writeEndObject();
  }

  private List<HealthChange> changes(String check) {
    try {
      return settings.registry().history(check);
    } catch (IllegalArgumentException goneMeanwhile) {
      return List.of();
    }
  }

  private static void history(String check, List<HealthChange> changes, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(check);
    for (HealthChange change : changes) {
      HealthStatus from = change.from();
      json.writeStartObject();
      json.writeFieldName("at");
      Rfc3339.write(json, change.at().toEpochMilli());
      if (from != null) {
        json.writeStringField("from", from.word());
      }
      json.writeStringField("to", change.to().word());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
