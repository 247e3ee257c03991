package dev.vigil.sentry;

import dev.vigil.core.Redactor;
import io.sentry.ILogger;
import io.sentry.JsonObjectSerializer;
import io.sentry.ObjectWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON with every name and text redacted, and everything under a sensitive name hidden,
 * however deep. Not thread-safe.
 */
final class ScrubbingWriter implements ObjectWriter {

  private static final String MASK = "***";

  private final ObjectWriter out;
  private final Redactor redactor;
  private final JsonObjectSerializer objects;

  /** Of each object or list that is open: the name it stands under. */
  private final Deque<String> names = new ArrayDeque<>();

  private String name = "";

  /** How many of the open ones stand under a sensitive name, or in one that does. */
  private int hidden;

  ScrubbingWriter(ObjectWriter out, Redactor redactor, int maxDepth) {
    this.out = out;
    this.redactor = redactor;
    objects = new JsonObjectSerializer(maxDepth);
  }

  private void open() {
    names.push(name);
    if (hidden > 0 || redactor.sensitive(name)) {
      hidden++;
    }
  }

  private void close() {
    name = names.pop();
    if (hidden > 0) {
      hidden--;
    }
  }

  @Override
  public ObjectWriter beginArray() throws IOException {
    open();
    out.beginArray();
    return this;
  }

  @Override
  public ObjectWriter endArray() throws IOException {
    close();
    out.endArray();
    return this;
  }

  @Override
  public ObjectWriter beginObject() throws IOException {
    open();
    out.beginObject();
    return this;
  }

  @Override
  public ObjectWriter endObject() throws IOException {
    close();
    out.endObject();
    return this;
  }

  @Override
  public ObjectWriter name(String name) throws IOException {
    this.name = name;
    out.name(redactor.redact(name));
    return this;
  }

  @Override
  public ObjectWriter value(@Nullable String value) throws IOException {
    out.value(value == null ? null : scrubbed(value));
    return this;
  }

  private String scrubbed(String value) {
    if (hidden > 0) {
      return value.isEmpty() ? value : MASK;
    }
    return isIdentifier(value) ? value : redactor.redact(name, value);
  }

  /** Sentry's own ids: all hexadecimal digits, by chance all decimal ones like a card's. */
  private boolean isIdentifier(String value) {
    if (!name.endsWith("_id") || (value.length() != 32 && value.length() != 16)) {
      return false;
    }
    return switch (name) {
      case "event_id", "trace_id", "span_id", "parent_span_id", "profile_id", "replay_id" ->
          value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
      default -> false;
    };
  }

  /** JSON made elsewhere; as text, since what stands in it cannot be seen from here. */
  @Override
  public ObjectWriter jsonValue(@Nullable String json) throws IOException {
    return value(json);
  }

  @Override
  public ObjectWriter nullValue() throws IOException {
    out.nullValue();
    return this;
  }

  @Override
  public ObjectWriter value(boolean value) throws IOException {
    out.value(value);
    return this;
  }

  @Override
  public ObjectWriter value(@Nullable Boolean value) throws IOException {
    out.value(value);
    return this;
  }

  @Override
  public ObjectWriter value(double value) throws IOException {
    return value(Double.valueOf(value));
  }

  @Override
  public ObjectWriter value(long value) throws IOException {
    return value(Long.valueOf(value));
  }

  /** A personal identification number and a card's are numbers too. */
  @Override
  public ObjectWriter value(@Nullable Number value) throws IOException {
    String digits = String.valueOf(value);
    if (value == null || (hidden == 0 && redactor.redact(name, digits).equals(digits))) {
      out.value(value);
    } else {
      out.value(MASK);
    }
    return this;
  }

  @Override
  public ObjectWriter value(ILogger logger, @Nullable Object object) throws IOException {
    objects.serialize(this, logger, object);
    return this;
  }

  @Override
  public void setLenient(boolean lenient) {
    out.setLenient(lenient);
  }

  @Override
  public void setIndent(@Nullable String indent) {
    out.setIndent(indent);
  }

  @Override
  public @Nullable String getIndent() {
    return out.getIndent();
  }
}
