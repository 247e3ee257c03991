package dev.vigil.health.http;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How JSON is written here. */
final class Json {

  /**
   * Everything beyond ASCII goes out as an escape. That covers U+2028 and U+2029, which end a line
   * in JavaScript, keeps a lone surrogate in a foreign message from failing the whole body, and
   * lets nobody read the body with a wrong charset.
   *
   * <p>Buffers are pooled with the factory rather than in thread-locals, which would outlive us on
   * a container's threads.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .recyclerPool(JsonRecyclerPools.newBoundedPool(8))
          .build();

  private Json() {}

  static JsonGenerator open(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out, JsonEncoding.UTF8);
  }

  /** Milliseconds, to the microsecond. */
  static double millis(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
  }

  /** Seconds, to the millisecond. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
