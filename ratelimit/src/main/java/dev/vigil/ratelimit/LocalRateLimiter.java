package dev.vigil.ratelimit;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.ratelimit.internal.KeyNames;
import dev.vigil.ratelimit.internal.KeyTable;
import dev.vigil.ratelimit.internal.SteadyClock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts in this JVM alone.
 *
 * <p>Exact: no window admits more than its limit, whatever the number of threads. Lock-free; a
 * decision on a known key allocates nothing where the caller only reads it, and where it is handed
 * on the {@link Decision} alone, 48 bytes. Windows follow a monotonic clock that was set by the
 * wall clock at the start, so that nobody who moves the latter opens or freezes one.
 *
 * <p>Under a flood of keys: at most {@code maxKeys} (100,000 by default, some 200 bytes each) are
 * counted one by one, and a tenth as many keys of more than 128 characters. While so many have an
 * open window, further ones share a single counter per window, which keeps the flood's whole to one
 * key's limit. Keys that are known already are not touched by that.
 *
 * <p>Where several limits hold and a permit is short in one, what was taken from the others is
 * given back at once; another caller at that very moment may be denied a permit that comes free.
 *
 * <p>Thread-safe. Starts no thread and needs no closing.
 */
public final class LocalRateLimiter implements RateLimiter {

  private static final int DEFAULT_MAX_KEYS = 100_000;

  /** Longer keys are kept by their hash, apart, so that no key can pass for a longer one. */
  private static final int LONGEST_KEY = 128;

  private static final byte[] HASH_KEY = {1};

  private static final MethodHandle COUNT;

  static {
    try {
      MethodType type =
          MethodType.methodType(long.class, String.class, int.class, Plan.class, long.class);
      COUNT = MethodHandles.lookup().findVirtual(LocalRateLimiter.class, "count", type);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Counts, in machine code of its own. HotSpot inlines no method whose code exceeds 2,500 bytes
   * ({@code InlineSmallCode}); with a map look-up in it {@link #tryAcquire} does, and every caller
   * then gets its Decision from the heap. A handle in an instance field is no constant to the
   * compiler, which therefore leaves the look-up out, inlines the rest, and removes the Decision.
   */
  private final MethodHandle counting = COUNT;

  private final String name;
  private final Function<String, Plan> plans;
  private final KeyTable<LocalCounts> table;
  private final KeyTable<LocalCounts> longKeys;
  private final ConcurrentHashMap<Plan, LocalCounts> overflow = new ConcurrentHashMap<>();
  private final SteadyClock clock;

  private LocalRateLimiter(Builder builder) {
    name = builder.name;
    plans = builder.plans;
    table = new KeyTable<>(builder.maxKeys);
    longKeys = new KeyTable<>(Math.max(1, builder.maxKeys / 10));
    clock = new SteadyClock(builder.ticker, builder.wall);
  }

  /** A limiter with one limit for every key. */
  public static LocalRateLimiter of(String name, RateLimit limit) {
    return builder(name, Plan.of(limit)).build();
  }

  /**
   * A limiter with one plan for every key.
   *
   * @throws IllegalArgumentException if the name is not 1 to 64 letters, digits, {@code . _ -}
   */
  public static Builder builder(String name, Plan plan) {
    Objects.requireNonNull(plan, "plan");
    return builder(name, key -> plan);
  }

  /**
   * A limiter whose plan depends on the key.
   *
   * @param plans the plan of a key; called for each decision, so fast; what it throws goes to the
   *     caller
   * @throws IllegalArgumentException if the name is not 1 to 64 letters, digits, {@code . _ -}
   */
  public static Builder builder(String name, Function<String, Plan> plans) {
    return new Builder(name, plans);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Plan plan(String key) {
    return Objects.requireNonNull(plans.apply(Objects.requireNonNull(key, "key")), "plan");
  }

  /** As inherited, where it would be one method for all limiters, and inlined for none. */
  @Override
  public Decision tryAcquire(String key) {
    return tryAcquire(key, 1);
  }

  @Override
  public Decision tryAcquire(String key, int permits) {
    Plan plan = plan(key);
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1 but was " + permits);
    }
    long now = clock.millis();
    return decision(plan, countApart(key, permits, plan, now), now);
  }

  /** Calls {@link #count} by {@link #counting}. */
  private long countApart(String key, int permits, Plan plan, long now) {
    try {
      return (long) counting.invokeExact(this, key, permits, plan, now);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new IllegalStateException("count(..) declares no exception", impossible);
    }
  }

  @SuppressWarnings({"ReferenceEquality", "UnusedMethod"}) // plans are constants; called by COUNT
  private long count(String key, int permits, Plan plan, long now) {
    LocalCounts counts = key.length() <= LONGEST_KEY ? table.find(key) : null;
    long outcome =
        counts != null && counts.plan() == plan ? counts.take(now, permits) : LocalCounts.RETIRED;
    return outcome == LocalCounts.RETIRED ? take(key, permits, plan, now) : outcome;
  }

  @Override
  public CompletableFuture<Decision> tryAcquireAsync(String key, int permits) {
    return CompletableFuture.completedFuture(tryAcquire(key, permits));
  }

  @Override
  public Decision peek(String key) {
    Plan plan = plan(key);
    long now = clock.millis();
    LocalCounts known =
        key.length() <= LONGEST_KEY
            ? table.find(key)
            : longKeys.find(KeyNames.hashed(key, HASH_KEY));
    LocalCounts counts = known == null ? new LocalCounts(plan, now) : known.under(plan, now);
    return decision(plan, counts.look(now), now);
  }

  private Decision decision(Plan plan, long outcome, long now) {
    boolean allowed = outcome >= 0;
    long packed = allowed ? outcome : ~outcome;
    RateLimit limit = plan.limit(LocalCounts.index(packed));
    long end = limit.turnAt(now).end();
    return Decision.of(
        allowed, limit, LocalCounts.remaining(packed), end, Decision.Source.LOCAL, clock);
  }

  private long take(String given, int permits, Plan plan, long now) {
    boolean isLong = given.length() > LONGEST_KEY;
    String key = isLong ? KeyNames.hashed(given, HASH_KEY) : given;
    KeyTable<LocalCounts> home = isLong ? longKeys : table;
    while (true) {
      LocalCounts counts = counts(home, key, plan, now);
      long outcome = (counts == null ? shared(plan, now) : counts).take(now, permits);
      if (outcome != LocalCounts.RETIRED) {
        return outcome;
      }
      if (counts != null) {
        home.remove(key, counts);
      }
    }
  }

  /** The counts of a key under its plan; null where there is no room. */
  private static @Nullable LocalCounts counts(
      KeyTable<LocalCounts> home, String key, Plan plan, long now) {
    while (true) {
      LocalCounts found = home.findOrAdd(key, absent -> new LocalCounts(plan, now), now);
      if (found == null || found.plan().equals(plan)) {
        return found;
      }
      LocalCounts successor = found.under(plan, now);
      if (home.replace(key, found, successor)) {
        return successor;
      }
    }
  }

  /** The one counter, per plan, of all keys for which there is no room. */
  private LocalCounts shared(Plan plan, long now) {
    return overflow.computeIfAbsent(plan, absent -> new LocalCounts(plan, now));
  }

  /** How many keys are counted one by one now. */
  long keys() {
    return table.size();
  }

  /** Settings with defaults. Not thread-safe; may be used again. */
  public static final class Builder {

    private final String name;
    private final Function<String, Plan> plans;
    private int maxKeys = DEFAULT_MAX_KEYS;
    private Ticker ticker = Ticker.system();
    private InstantSource wall = InstantSource.system();

    private Builder(String name, Function<String, Plan> plans) {
      this.name = KeyNames.limiterName(name);
      this.plans = Objects.requireNonNull(plans, "plans");
    }

    /**
     * How many keys are counted one by one.
     *
     * @param maxKeys 1 to 100 million; 100,000 by default
     * @throws IllegalArgumentException if it is out of that range
     */
    public Builder maxKeys(int maxKeys) {
      this.maxKeys = Require.between("maxKeys", 1, 100_000_000, maxKeys);
      return this;
    }

    /** Where time comes from, for tests; the system's clocks by default. */
    public Builder time(Ticker ticker, InstantSource wall) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.wall = Objects.requireNonNull(wall, "wall");
      return this;
    }

    /** Makes the limiter. */
    public LocalRateLimiter build() {
      return new LocalRateLimiter(this);
    }
  }
}
