package dev.vigil.sentry;

import dev.vigil.core.Redactor;
import io.sentry.ILogger;
import io.sentry.ISerializer;
import io.sentry.JsonDeserializer;
import io.sentry.JsonObjectWriter;
import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scrubs where Sentry turns its objects into JSON. Everything passes there, whatever field of
 * whatever kind of item it stands in, now or in a later version of the SDK; a scrubber that walks
 * an event's fields forgets the next one that is added.
 *
 * <p>What fails to be scrubbed is not sent: Sentry drops an item that cannot be written.
 */
final class ScrubbingSerializer implements ISerializer {

  private final ISerializer sentry;
  private final SentryOptions options;
  private final Redactor redactor;

  ScrubbingSerializer(SentryOptions options, Redactor redactor) {
    sentry = new JsonSerializer(options);
    this.options = options;
    this.redactor = redactor;
  }

  @Override
  public <T> void serialize(T entity, Writer writer) throws IOException {
    StringWriter scrubbed = new StringWriter(); // so that nothing of a failed one is sent
    write(entity, scrubbed);
    writer.write(scrubbed.toString());
    writer.flush();
  }

  private void write(Object entity, Writer writer) throws IOException {
    ILogger logger = options.getLogger();
    int depth = options.getMaxDepth();
    try {
      new ScrubbingWriter(new JsonObjectWriter(writer, depth), redactor, depth)
          .value(logger, entity);
    } catch (RuntimeException | StackOverflowError broken) {
      throw new IOException("not sent, since scrubbing failed: " + broken.getClass().getName());
    }
  }

  @Override
  public String serialize(Map<String, Object> data) throws IOException {
    StringWriter text = new StringWriter();
    write(data, text);
    return text.toString();
  }

  /**
   * Writes the header scrubbed too, since it repeats a transaction's name; the items were scrubbed
   * when they were made. One that cannot be made is left out.
   *
   * @see <a href="https://develop.sentry.dev/sdk/data-model/envelopes/">Sentry: envelopes</a>
   */
  @Override
  public void serialize(SentryEnvelope envelope, OutputStream out) throws IOException {
    out.write(line(envelope.getHeader()));
    for (SentryEnvelopeItem item : envelope.getItems()) {
      byte[] data;
      try {
        data = item.getData();
      } catch (Exception failed) { // by the SDK's signature; ours says why in the SDK's own log
        options.getLogger().log(SentryLevel.ERROR, "an item was not sent", failed);
        continue;
      }
      out.write(line(item.getHeader()));
      out.write(data);
      out.write('\n');
    }
    out.flush();
  }

  private byte[] line(Object header) throws IOException {
    StringWriter text = new StringWriter();
    write(header, text);
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public <T, R> @Nullable T deserializeCollection(
      Reader reader, Class<T> type, @Nullable JsonDeserializer<R> element) {
    return sentry.deserializeCollection(reader, type, element);
  }

  @Override
  public <T> @Nullable T deserialize(Reader reader, Class<T> type) {
    return sentry.deserialize(reader, type);
  }

  @Override
  public @Nullable SentryEnvelope deserializeEnvelope(InputStream in) {
    return sentry.deserializeEnvelope(in);
  }
}
