package dev.vigil.health.redis;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Unhealthy when Redis does not answer {@code PING} with {@code PONG}; degraded when it does so
 * slowly.
 *
 * <p>Works with any client, since the client is a call:
 *
 * <pre>{@code
 * RedisCheck.ping(lettuceConnection.sync()::ping);
 * JedisCheck.of(jedis); // for Jedis, the same
 * }</pre>
 *
 * <p>The call cannot be told how much time is left: give the client time-outs for connecting, for
 * reading and for its pool that are shorter than the check's. One that hangs all the same costs its
 * thread and nothing else. A wrong answer is not shown. Immutable; thread-safe where the call is.
 *
 * @see <a href="https://redis.io/docs/latest/commands/ping/">PING</a>
 */
public final class RedisCheck implements HealthCheck {

  private static final Duration DEFAULT_SLOW = Duration.ofSeconds(1);
  private static final String PONG = "PONG";

  private final Callable<?> ping;
  private final Duration slow;
  private final Ticker ticker;

  private RedisCheck(Callable<?> ping, Duration slow, Ticker ticker) {
    this.ping = ping;
    this.slow = slow;
    this.ticker = ticker;
  }

  /**
   * Asks through any client.
   *
   * @param ping sends {@code PING} and returns the answer as a string or as bytes
   */
  public static RedisCheck ping(Callable<?> ping) {
    return ping(ping, Ticker.system());
  }

  static RedisCheck ping(Callable<?> ping, Ticker ticker) {
    return new RedisCheck(Objects.requireNonNull(ping, "ping"), DEFAULT_SLOW, ticker);
  }

  /**
   * This check, degraded where the answer takes longer than that.
   *
   * @param limit positive; 1 s by default
   */
  public RedisCheck degradedOver(Duration limit) {
    return new RedisCheck(ping, Require.positive("degradedOver", limit), ticker);
  }

  @Override
  public HealthResult check(CheckContext context) {
    long start = ticker.read();
    Object answer;
    try {
      answer = ping.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthResult.unhealthy("interrupted while waiting for an answer to PING", e);
    } catch (Exception e) {
      return HealthResult.unhealthy("PING failed", e);
    }
    Duration took = Duration.ofNanos(ticker.read() - start);
    if (!isPong(answer)) {
      return HealthResult.unhealthy("the answer to PING is not PONG");
    }
    return took.compareTo(slow) > 0
        ? HealthResult.degraded(
            "slow: answered in " + took.toMillis() + " ms, over " + slow.toMillis() + " ms")
        : HealthResult.healthy();
  }

  @Override
  public boolean remote() {
    return true;
  }

  private static boolean isPong(@Nullable Object answer) {
    return answer instanceof byte[] bytes
        ? Arrays.equals(bytes, PONG.getBytes(StandardCharsets.US_ASCII))
        : PONG.equals(answer);
  }
}
