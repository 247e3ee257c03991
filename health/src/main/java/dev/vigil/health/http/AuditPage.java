package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Finding;
import dev.vigil.core.Redactor;
import dev.vigil.health.HealthRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code {"findings":[{"severity":"warning","where":"…","what":"…","fix":"…"}]}}, worst first. */
final class AuditPage implements Route {

  private final HealthRegistry registry;
  private final List<Supplier<? extends List<Finding>>> others;
  private final Redactor redactor;

  AuditPage(
      HealthRegistry registry, List<Supplier<? extends List<Finding>>> others, Redactor redactor) {
    this.registry = registry;
    this.others = List.copyOf(others);
    this.redactor = redactor;
  }

  @Override
  public HealthResponse answer() {
    List<Finding> findings = new ArrayList<>(registry.audit());
    try {
      others.forEach(other -> findings.addAll(other.get()));
      findings.sort(Comparator.comparing(Finding::severity).reversed());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      write(findings, out);
      return HealthResponse.of(200, "application/json", out.toByteArray(), Map.of());
    } catch (IOException | RuntimeException failure) {
      ErrorReporter.logging().report("writing the audit", failure);
      return Refusal.BROKEN.response();
    }
  }

  private void write(List<Finding> findings, ByteArrayOutputStream out) throws IOException {
    try (JsonGenerator json = Json.open(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("findings");
      for (Finding finding : findings) {
        json.writeStartObject();
        json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("where", redactor.redact(finding.where()));
        json.writeStringField("what", redactor.redact(finding.what()));
        json.writeStringField("fix", redactor.redact(finding.fix()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  @Override
  public CompletableFuture<HealthResponse> answerLater() {
    return CompletableFuture.completedFuture(answer());
  }
}
