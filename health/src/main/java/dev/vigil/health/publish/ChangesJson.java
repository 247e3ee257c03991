package dev.vigil.health.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.core.Redactor;
import dev.vigil.health.HealthChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes as a JSON body. */
final class ChangesJson {

  /** One change's message is no place for a log. */
  private static final int LONGEST_MESSAGE = 500;

  private static final JsonFactory FACTORY = new JsonFactory();

  private ChangesJson() {}

  /**
   * Writes a body.
   *
   * @param report the whole report as JSON, or null to leave it out
   */
  static byte[] write(List<HealthChange> changes, long dropped, @Nullable String report)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("changes");
      for (HealthChange change : changes) {
        json.writeStartObject();
        json.writeStringField("check", change.check());
        if (change.from() != null) {
          json.writeStringField("from", change.from().word());
        }
        json.writeStringField("to", change.to().word());
        json.writeStringField("at", change.at().toString());
        if (change.message() != null) {
          json.writeStringField("message", message(change.message()));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("dropped", dropped);
      if (report != null) {
        json.writeFieldName("report");
        json.writeRawValue(report);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static String message(String text) {
    String clean = Redactor.standard().redact(text);
    return clean.length() <= LONGEST_MESSAGE
        ? clean
        : clean.substring(0, LONGEST_MESSAGE - 1) + "…";
  }
}
