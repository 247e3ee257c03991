package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigil.core.Redactor;
import dev.vigil.health.CheckReport;
import dev.vigil.health.Importance;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an authorised reader sees of one check into the object that is open: our own fields
 * first, then the check's data beside them. All text passes the redactor, and all of it together
 * stays within {@link Budget}'s 4 KB; what does not fit is cut with a mark or left out, and {@code
 * truncated} says so.
 *
 * <p>Data never takes the place of a field of ours: an entry whose key is one of {@link #OURS}
 * stands in a nested object {@code data}.
 */
final class CheckDetails {

  /** Keys that data may not take, whether or not the field is there this time. */
  static final Set<String> OURS =
      Set.of(
          "status",
          "responseTime",
          "message",
          "error",
          "errorId",
          "since",
          "consecutiveFailures",
          "rawStatus",
          "pending",
          "stale",
          "timedOut",
          "skippedBecause",
          "stuckAt",
          "importance",
          "tags",
          "data",
          "truncated");

  /** RFC 8259, 6. */
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final JsonGenerator json;
  private final Redactor redactor;
  private final Budget budget = new Budget();

  /** Keys written so far where maps and lists become dotted keys; null where they nest. */
  private final @Nullable Set<String> flat;

  private int hiddenKeys;

  private CheckDetails(JsonGenerator json, Redactor redactor, boolean flat) {
    this.json = json;
    this.redactor = redactor;
    this.flat = flat ? new HashSet<>() : null;
  }

  /** Maps and lists nest, as JSON has them. */
  static void write(JsonGenerator json, Redactor redactor, CheckReport check) throws IOException {
    new CheckDetails(json, redactor, false).write(check);
  }

  /** Only strings, numbers and booleans: {@code memoryUsage.used}, {@code stuckAt.0}. */
  static void writeFlat(JsonGenerator json, Redactor redactor, CheckReport check)
      throws IOException {
    new CheckDetails(json, redactor, true).write(check);
  }

  private void write(CheckReport check) throws IOException {
    facts(check);
    data(check.data());
    if (budget.exceeded()) {
      json.writeBooleanField("truncated", true);
    }
  }

  private void facts(CheckReport check) throws IOException {
    if (check.responseTime().isPresent()) {
      json.writeNumberField("responseTime", Json.millis(check.responseTime().get()));
    }
    text("message", check.message().orElse(""));
    if (check.cause().isPresent()) {
      // The class alone: the text stands redacted in the log, under the error id.
      text("error", check.cause().get().getClass().getName());
    }
    text("errorId", check.errorId().orElse(""));
    if (check.since().isPresent()) {
      json.writeFieldName("since");
      Rfc3339.write(json, check.since().get().toEpochMilli());
    }
    if (check.consecutiveFailures() > 0) {
      json.writeNumberField("consecutiveFailures", check.consecutiveFailures());
    }
    if (check.rawStatus().isPresent() && check.rawStatus().get() != check.status()) {
      json.writeStringField("rawStatus", check.rawStatus().get().word());
    }
    flag("pending", check.pending());
    flag("stale", check.stale());
    flag("timedOut", check.timedOut());
    text("skippedBecause", check.skippedBecause().orElse(""));
    if (!check.stuckAt().isEmpty()) {
      entry("stuckAt", check.stuckAt());
    }
    if (check.importance() != Importance.CRITICAL) {
      json.writeStringField(
          "importance",
          check.importance() == Importance.INFORMATIONAL ? "informational" : "notCritical");
    }
    if (!check.tags().isEmpty()) {
      entry("tags", List.copyOf(check.tags()));
    }
  }

  private void text(String key, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(key, budget.fit(clean(key, value)));
    }
  }

  private void flag(String key, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(key, true);
    }
  }

  private void data(Map<String, Object> data) throws IOException {
    boolean clash = false;
    for (Map.Entry<String, Object> entry : data.entrySet()) {
      if (budget.full()) {
        break;
      } else if (OURS.contains(entry.getKey())) {
        clash = true;
      } else {
        entry(entry.getKey(), entry.getValue());
      }
    }
    if (clash) {
      Map<String, Object> nested = new LinkedHashMap<>(data);
      nested.keySet().retainAll(OURS);
      entry("data", nested);
    }
  }

  private void entry(String key, Object value) throws IOException {
    if (redactor.sensitive(key)) {
      // Whatever it is: a number or a list can be the secret, too.
      entryOf(key, redactor.redact(key, value instanceof String text ? text : "hidden"));
    } else if (flat != null && value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (budget.full()) {
          break;
        }
        entry(key + "." + entry.getKey(), entry.getValue());
      }
    } else if (flat != null && value instanceof List<?> items) {
      for (int i = 0; i < items.size() && !budget.full(); i++) {
        entry(key + "." + i, items.get(i));
      }
    } else {
      entryOf(key, value);
    }
  }

  private void entryOf(String key, Object value) throws IOException {
    if (flat != null && !flat.add(key)) {
      return; // "a" {"b": 1} and "a.b": the first stands
    }
    String shown = shown(key);
    if (budget.takes(shown)) {
      json.writeFieldName(shown);
      value(key, value);
    }
  }

  /** A key that holds a secret itself, a URL perhaps, is numbered so that no two become one. */
  private String shown(String key) {
    String clean = redactor.redact(Budget.readable(key));
    return clean.equals(key) ? key : clean + " #" + ++hiddenKeys;
  }

  private void value(String key, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (budget.full()) {
          break;
        }
        entry((String) entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        if (!budget.takesItem()) {
          break;
        }
        value(key, item);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Instant instant) {
      Rfc3339.write(json, instant.toEpochMilli());
    } else {
      json.writeString(budget.fit(clean(key, value.toString())));
    }
  }

  private void number(Number number) throws IOException {
    if (number instanceof Long || number instanceof Integer) {
      json.writeNumber(number.longValue());
      return;
    }
    // A BigInteger may be of any length, a foreign class may print whatever it likes.
    String text = number.toString();
    String fitting = budget.fit(text);
    if (fitting.equals(text) && JSON_NUMBER.matcher(text).matches()) {
      json.writeNumber(text);
    } else {
      json.writeString(fitting);
    }
  }

  private String clean(String key, String text) {
    return redactor.redact(key, Budget.readable(text));
  }
}
