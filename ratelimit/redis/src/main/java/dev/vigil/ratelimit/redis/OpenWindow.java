package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.RateLimit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * One limit of one key in the window that is open: its stored key, its expiry, its count. It is its
 * count, and does not have one: with a hundred thousand keys every reference is a cache miss.
 */
final class OpenWindow extends WindowCount {

  private static final long LEAST_GRACE_MILLIS = Duration.ofSeconds(60).toMillis();

  private static final VarHandle GATHERING;

  static {
    try {
      GATHERING = MethodHandles.lookup().findVarHandle(OpenWindow.class, "gathering", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  final RateLimit limit;
  final long end;
  final byte[] key;

  /**
   * In which batch, and where in it, an increment of this counter is gathering. A number, since a
   * reference from an old object to a young one costs the garbage collector a visit; opaque, since
   * two lanes may write it, and then one of them begins a second increment.
   */
  @SuppressWarnings("UnusedVariable") // used through GATHERING
  private long gathering;

  private volatile boolean armed;
  private volatile long armedUntil;

  OpenWindow(RateLimit limit, long end, byte[] key, int nodes) {
    super(limit.permits(), (int) (((long) limit.permits() + nodes - 1) / nodes));
    this.limit = limit;
    this.end = end;
    this.key = key;
  }

  /** How far past its end a counter lives: long enough for the slowest batch and clock. */
  private long grace() {
    return Math.max(limit.window().toMillis(), LEAST_GRACE_MILLIS);
  }

  /** The expiry to set now, in milliseconds from now. */
  long timeToLive(long nowMillis) {
    return Math.max(0, end - nowMillis) + grace();
  }

  /** Whether the counter surely exists with an expiry of which half the grace is left. */
  boolean isArmed(long tick) {
    return armed && armedUntil - tick > grace() * 1_000_000 / 2;
  }

  void armed(long tick, long ttlMillis) {
    armedUntil = tick + ttlMillis * 1_000_000;
    armed = true;
  }

  void disarm() {
    armed = false;
  }

  long gathering() {
    return (long) GATHERING.getOpaque(this);
  }

  void gathersAt(long place) {
    GATHERING.setOpaque(this, place);
  }
}
