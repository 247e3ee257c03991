package dev.vigil.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers: status, headers, body.
 *
 * <p>Immutable, thread-safe, and shared: the endpoint hands out the same instance to all who ask as
 * long as what it says has not changed.
 */
public final class HealthResponse {

  private static final byte[] NOTHING = {};
  private static final int NOT_MODIFIED = 304;

  private final int status;
  private final String contentType;
  private final int contentLength;
  private final byte[] body;
  private final Map<String, String> extra;

  // Made when first asked for; a race makes it twice, to the same effect.
  private @Nullable Map<String, String> headers;

  private HealthResponse(
      int status, String contentType, int contentLength, byte[] body, Map<String, String> extra) {
    this.status = status;
    this.contentType = contentType;
    this.contentLength = contentLength;
    this.body = body;
    this.extra = extra;
  }

  /**
   * A rendered report, or a file; {@code body} is not copied.
   *
   * @param extra headers, which take the place of the common ones
   */
  static HealthResponse of(int status, String contentType, byte[] body, Map<String, String> extra) {
    return new HealthResponse(status, contentType, body.length, body, extra);
  }

  /** This answer with another header. */
  HealthResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(extra);
    more.put(name, value);
    return new HealthResponse(status, contentType, contentLength, body, more);
  }

  /** A sentence of our own, without a word of the caller's. */
  static HealthResponse text(int status, String sentence, Map<String, String> extra) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new HealthResponse(status, HealthFormat.TEXT_TYPE, body.length, body, extra);
  }

  /** The same without its body, as HEAD is answered; the length stays that of the body. */
  HealthResponse head() {
    return new HealthResponse(status, contentType, contentLength, NOTHING, extra);
  }

  /** 304 for whom has the body already: its headers, but for those that describe a body. */
  HealthResponse notModified() {
    return new HealthResponse(NOT_MODIFIED, contentType, 0, NOTHING, extra);
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /**
   * All headers to send, {@code Content-Type} and {@code Content-Length} among them but for 304, in
   * order; unmodifiable.
   */
  public Map<String, String> headers() {
    Map<String, String> known = headers;
    if (known == null) {
      Map<String, String> all = new LinkedHashMap<>();
      if (status != NOT_MODIFIED) {
        all.put("Content-Type", contentType);
        all.put("Content-Length", Integer.toString(contentLength));
      }
      all.put("Cache-Control", "no-store");
      all.put("X-Content-Type-Options", "nosniff");
      all.put("Vary", "Accept");
      all.putAll(extra);
      known = Collections.unmodifiableMap(all);
      headers = known;
    }
    return known;
  }

  /** The body's length in bytes; for HEAD the length that GET's body has. */
  public int contentLength() {
    return contentLength;
  }

  /** Whether there is a body to send: not for HEAD. */
  public boolean hasBody() {
    return body.length > 0;
  }

  /** The body, read-only; empty for HEAD. */
  public ByteBuffer body() {
    return ByteBuffer.wrap(body).asReadOnlyBuffer();
  }

  /**
   * Writes the body; nothing for HEAD.
   *
   * @param out neither flushed nor closed
   * @throws IOException if {@code out} throws it
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(body);
  }

  /** For logs and debuggers: status, type and length. */
  @Override
  public String toString() {
    return status + " " + contentType + ", " + contentLength + " bytes";
  }
}
