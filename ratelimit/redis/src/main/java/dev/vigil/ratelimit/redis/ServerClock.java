package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import dev.vigil.ratelimit.internal.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis node's time of day, from samples of its TIME command that ride in ordinary batches, so
 * that all instances agree on windows whatever their own clocks say.
 *
 * <p>A sample is uncertain by half its round trip; an older one grows more uncertain by the drift
 * of clocks; the more certain one wins. A sample far off is refused until the next one says the
 * same. Until the first sample: the wall clock.
 */
final class ServerClock implements InstantSource {

  /** How often a sample is due. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

  /** Quartz and NTP's slewing stay below 500 ppm (RFC 5905, appendix A.1). */
  private static final long DRIFT_DIVISOR = 2_000;

  private static final long JUMP_NANOS = Duration.ofSeconds(1).toNanos();

  /** A server that is a day off is broken, and its windows would be nobody's. */
  private static final long WILD_NANOS = Duration.ofDays(1).toNanos();

  private static final Logger log = LoggerFactory.getLogger(RedisRateLimiter.class);

  private final SteadyClock clock;
  private boolean sampled;
  private boolean refusalSaid;
  private long uncertainty;
  private long sampledAt;
  private long suspect;
  private volatile boolean due = true;
  private volatile long asked;

  ServerClock(Ticker ticker, InstantSource wall) {
    clock = new SteadyClock(ticker, wall);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long millis() {
    return clock.millis();
  }

  long millisAt(long tick) {
    return clock.nanosAt(tick) / 1_000_000;
  }

  /** Whether the batch that leaves now should ask for the time. */
  boolean isDue(long tick) {
    if (due || tick - asked > PAUSE_NANOS) {
      due = false;
      asked = tick;
      return true;
    }
    return false;
  }

  /** Asks for a sample with the next batch. */
  void askAgain() {
    due = true;
  }

  /**
   * Takes a sample.
   *
   * @param sent the ticker when the command left
   * @param received the ticker when the answer was there
   * @param micros the server's answer, microseconds since the epoch
   */
  synchronized void sample(long sent, long received, long micros) {
    long roundTrip = received - sent;
    long middle = sent + roundTrip / 2;
    long difference = micros * 1_000 - clock.nanosAt(middle);
    if (!sampled) {
      if (Math.abs(difference) > WILD_NANOS) {
        refuse(difference);
        return;
      }
      take(middle, micros, roundTrip);
      return;
    }
    if (Math.abs(difference) > JUMP_NANOS + roundTrip) {
      boolean confirmed = suspect != 0 && Math.abs(difference - suspect) < JUMP_NANOS;
      if (!confirmed || Math.abs(difference) > WILD_NANOS) {
        suspect = difference;
        due = true;
        return;
      }
      take(middle, micros, roundTrip);
      return;
    }
    suspect = 0;
    if (roundTrip / 2 <= uncertainty + (middle - sampledAt) / DRIFT_DIVISOR) {
      take(middle, micros, roundTrip);
    }
  }

  private void take(long middle, long micros, long roundTrip) {
    sampled = true;
    suspect = 0;
    uncertainty = roundTrip / 2;
    sampledAt = middle;
    clock.set(micros * 1_000, middle);
  }

  private void refuse(long difference) {
    if (!refusalSaid) {
      refusalSaid = true;
      log.warn(
          "Redis's clock differs from this host's by {}; windows follow this host's until they"
              + " agree within a day",
          Duration.ofNanos(difference));
    }
  }
}
