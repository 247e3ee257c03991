package dev.vigil.ratelimit.http;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a response says about a decision.
 *
 * <p>{@code RateLimit-Policy} lists the limits, {@code RateLimit} the tightest, as structured
 * fields (RFC 9651) of draft-ietf-httpapi-ratelimit-headers-11; times are whole seconds from now,
 * rounded up. A refused request gets 429, or 503 where the limiter's store is unwell and nobody
 * counted, with {@code Retry-After} and a body of problem details (RFC 9457).
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit
 *     header fields for HTTP</a>
 */
public final class RateLimitAnswer {

  private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private RateLimitAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static RateLimitAnswer of(
      RateLimiter limiter, Plan plan, Decision decision, boolean legacyHeaders) {
    Map<String, String> headers = new LinkedHashMap<>();
    String name = limiter.name();
    if (!decision.unavailable()) {
      headers.put("RateLimit-Policy", policies(name, plan));
      headers.put(
          "RateLimit",
          item(name, plan, decision.limit())
              + ";r="
              + decision.remaining()
              + ";t="
              + seconds(decision.resetAfter()));
      if (legacyHeaders) {
        headers.put("X-RateLimit-Limit", Integer.toString(decision.limit().permits()));
        headers.put("X-RateLimit-Remaining", Long.toString(decision.remaining()));
        long reset = decision.resetAt().toEpochMilli();
        headers.put("X-RateLimit-Reset", Long.toString((reset + 999) / 1000));
      }
    }
    if (decision.allowed()) {
      return new RateLimitAnswer(0, headers, new byte[0]);
    }
    long wait = Math.max(1, seconds(decision.retryAfter()));
    headers.put("Retry-After", Long.toString(wait));
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Type", "application/problem+json");
    boolean down = decision.unavailable();
    String body =
        down
            ? problem(503, "temporary-reduced-capacity", "Temporarily reduced capacity", "")
            : problem(
                429,
                "quota-exceeded",
                "Request quota exceeded",
                ",\"violated-policies\":[" + item(name, plan, decision.limit()) + "]");
    return new RateLimitAnswer(down ? 503 : 429, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** All parts are ours or a limiter's name, which needs no escaping. */
  private static String problem(int status, String type, String title, String more) {
    return "{\"type\":\""
        + TYPES
        + type
        + "\",\"title\":\""
        + title
        + "\",\"status\":"
        + status
        + more
        + "}";
  }

  private static String policies(String name, Plan plan) {
    StringBuilder list = new StringBuilder();
    for (RateLimit limit : plan.limits()) {
      list.append(list.length() == 0 ? "" : ", ")
          .append(item(name, plan, limit))
          .append(";q=")
          .append(limit.permits());
      if (limit.window().toMillis() % 1000 == 0) {
        list.append(";w=").append(limit.window().toSeconds()); // whole seconds or nothing
      }
    }
    return list.toString();
  }

  /** The limiter's name, with its window where there are several. */
  private static String item(String name, Plan plan, RateLimit limit) {
    return plan.limits().size() == 1
        ? "\"" + name + "\""
        : "\"" + name + "-" + limit.window() + "\"";
  }

  private static long seconds(Duration duration) {
    return (duration.toMillis() + 999) / 1000;
  }

  /** Whether the request goes on. */
  public boolean allowed() {
    return status == 0;
  }

  /** 429 or 503 where the request is refused, otherwise 0. */
  public int status() {
    return status;
  }

  /** Headers to set, on allowed answers too. */
  public Map<String, String> headers() {
    return java.util.Collections.unmodifiableMap(headers);
  }

  /** The body of a refusal, otherwise empty. */
  public byte[] body() {
    return body.clone();
  }
}
