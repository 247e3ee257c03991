package dev.vigil.logging;

import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.core.internal.http.JsonPost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends lines to Datadog's HTTP intake, in compressed batches, on a thread of its own.
 *
 * <p>What may be sent again (429, 408, 5xx, no answer) is, after a second, doubled up to half a
 * minute, while the buffer takes what comes and drops the oldest beyond its bound. A batch that is
 * too large for the intake is halved. An answer that says that no later one will do better (400,
 * 401, 403 and the like) ends the shipping, with one warning.
 *
 * @see <a href="https://docs.datadoghq.com/api/latest/logs/#send-logs">Datadog: send logs</a>
 */
final class DatadogShipper implements LineSink {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final JsonPost post;
  private final URI intake;
  private final Map<String, Secret> headers;
  private final Consumer<String> warnings;
  private final ShipBuffer buffer;
  private final Thread thread;
  private volatile boolean refused;

  DatadogShipper(URI intake, Secret key, Profile profile, Consumer<String> warnings) {
    this.intake = intake;
    this.warnings = warnings;
    headers = Map.of("DD-API-KEY", key, "Content-Encoding", Secret.of("gzip"));
    post = JsonPost.builder("datadog", profile).retries(0).build();
    buffer = new ShipBuffer();
    thread = VigilThreads.named("datadog").newThread(this::run);
    thread.start();
  }

  @Override
  public void write(Line line) {
    if (!refused) {
      buffer.add(line.shipped());
    }
  }

  private void run() {
    try {
      for (List<byte[]> batch = buffer.take(); !batch.isEmpty(); batch = buffer.take()) {
        deliver(batch);
        if (refused) {
          buffer.clear();
        }
        tellDropped();
      }
    } catch (InterruptedException ended) {
      // closing took too long
    }
  }

  private void tellDropped() {
    long dropped = buffer.takeDropped();
    if (dropped > 0) {
      warnings.accept("shipping to Datadog: dropped " + dropped + " lines that it did not take");
    }
  }

  private void deliver(List<byte[]> batch) throws InterruptedException {
    byte[] body = compressed(batch);
    for (Duration wait = FIRST_WAIT; !refused; wait = longer(wait)) {
      JsonPost.Answer answer = send(body);
      int status = answer == null ? 503 : answer.status();
      if (status / 100 == 2) {
        return;
      }
      if (status == 413) {
        halve(batch);
        return;
      }
      if (status != 408 && status != 429 && status / 100 != 5) {
        refuse(status);
        return;
      }
      Duration asked = answer == null ? null : answer.retryAfter();
      if (!buffer.pause(asked != null && asked.compareTo(wait) > 0 ? asked : wait)) {
        buffer.dropped(batch.size());
        return;
      }
    }
  }

  private JsonPost.@Nullable Answer send(byte[] body) throws InterruptedException {
    try {
      return post.post(intake, headers, body);
    } catch (java.io.InterruptedIOException interrupted) {
      throw new InterruptedException();
    } catch (IOException noAnswer) {
      return null;
    }
  }

  private void halve(List<byte[]> batch) throws InterruptedException {
    if (batch.size() == 1) {
      buffer.dropped(1);
      return;
    }
    int middle = batch.size() / 2;
    deliver(batch.subList(0, middle));
    deliver(batch.subList(middle, batch.size()));
  }

  private void refuse(int status) {
    refused = true;
    String hint = status == 403 || status == 401 ? "; check DATADOG_API_KEY and the site" : "";
    warnings.accept("shipping to Datadog ends: the intake answered " + status + hint);
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }

  private static byte[] compressed(List<byte[]> batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      char separator = '[';
      for (byte[] line : batch) {
        out.write(separator);
        out.write(line, 0, line.length - 1); // without its end
        separator = ',';
      }
      out.write(']');
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Sends what is left, within five seconds. */
  @Override
  public void close() {
    buffer.close();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException kept) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    post.close();
  }
}
