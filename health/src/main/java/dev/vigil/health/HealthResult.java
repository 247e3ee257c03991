package dev.vigil.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a check found: a status, and for authorised readers a message and data.
 *
 * <pre>{@code
 * return HealthResult.degraded("replication lags").with("lagSeconds", 42);
 * }</pre>
 *
 * <p>Message and data pass the redactor before anyone sees them; put no secret into them all the
 * same. Immutable and thread-safe.
 */
public final class HealthResult {

  /** Deeper nesting is nobody's health data, and would let a cycle of maps hang the copy. */
  private static final int MAX_DEPTH = 4;

  private static final HealthResult HEALTHY =
      new HealthResult(HealthStatus.HEALTHY, null, Map.of(), null);

  private final HealthStatus status;
  private final @Nullable String message;
  private final Map<String, Object> data;
  private final @Nullable Throwable cause;

  private HealthResult(
      HealthStatus status,
      @Nullable String message,
      Map<String, Object> data,
      @Nullable Throwable cause) {
    this.status = status;
    this.message = message;
    this.data = data;
    this.cause = cause;
  }

  /** It works. */
  public static HealthResult healthy() {
    return HEALTHY;
  }

  /** It works, with something worth saying. */
  public static HealthResult healthy(String message) {
    return of(HealthStatus.HEALTHY, message);
  }

  /** It works, but not as it should. */
  public static HealthResult degraded(String why) {
    return of(HealthStatus.DEGRADED, why);
  }

  /** It does not work. */
  public static HealthResult unhealthy(String why) {
    return of(HealthStatus.UNHEALTHY, why);
  }

  /**
   * It does not work, and this was thrown. Readers of the report see the class of {@code cause} and
   * an error id; the log has its redacted text under the same id.
   */
  public static HealthResult unhealthy(String why, Throwable cause) {
    return unhealthy(why).withCause(cause);
  }

  /** A result of any status. */
  public static HealthResult of(HealthStatus status, String message) {
    return new HealthResult(
        Objects.requireNonNull(status, "status"),
        Objects.requireNonNull(message, "message"),
        Map.of(),
        null);
  }

  /**
   * This result with one more entry of data; a second value for a key replaces the first.
   *
   * @param key what the value is, in camel case and with its unit where it has one ({@code
   *     usedBytes})
   * @param value a string, boolean, number, {@link Duration}, {@link Instant}, or a map or
   *     collection of these, at most 4 deep and copied now; anything else is kept as its {@code
   *     toString()}
   * @throws IllegalArgumentException if {@code key} is blank or {@code value} nests deeper than 4
   */
  public HealthResult with(String key, Object value) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a key of health data must not be blank");
    }
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put(key, plain(Objects.requireNonNull(value, "value"), key, MAX_DEPTH));
    return new HealthResult(status, message, Collections.unmodifiableMap(more), cause);
  }

  /** This result with what was thrown. */
  public HealthResult withCause(Throwable cause) {
    return new HealthResult(status, message, data, Objects.requireNonNull(cause, "cause"));
  }

  /** How it is. */
  public HealthStatus status() {
    return status;
  }

  /** For people: why it is not healthy, or what is worth saying. */
  public @Nullable String message() {
    return message;
  }

  /** Figures and facts, in the order in which they were added; unmodifiable. */
  public Map<String, Object> data() {
    return data;
  }

  /** What was thrown, if anything. */
  public @Nullable Throwable cause() {
    return cause;
  }

  private static Object plain(Object value, String key, int depth) {
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof Duration
        || value instanceof Instant) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      requireDepth(key, depth);
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), plain(orText(v), key, depth - 1)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof Collection<?> items) {
      requireDepth(key, depth);
      List<Object> copy = new ArrayList<>(items.size());
      items.forEach(item -> copy.add(plain(orText(item), key, depth - 1)));
      return Collections.unmodifiableList(copy);
    }
    return value.toString();
  }

  private static Object orText(@Nullable Object value) {
    return value == null ? "null" : value;
  }

  private static void requireDepth(String key, int depth) {
    if (depth == 0) {
      throw new IllegalArgumentException(
          "health data must nest at most " + MAX_DEPTH + " deep but \"" + key + "\" goes deeper");
    }
  }

  /** For logs and debuggers; not redacted. */
  @Override
  public String toString() {
    return status.word()
        + (message == null ? "" : ": " + message)
        + (data.isEmpty() ? "" : " " + data);
  }
}
