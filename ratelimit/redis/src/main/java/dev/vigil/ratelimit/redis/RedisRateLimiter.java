package dev.vigil.ratelimit.redis;

import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.RateLimiter;
import dev.vigil.ratelimit.internal.KeyNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Counts across all instances of a service, in Redis: a fixed window under the key {@code
 * rate_limit:{<name>|<identifier>}:<floor(time / window)>}.
 *
 * <pre>{@code
 * RedisRateLimiter limiter =
 *     RedisRateLimiter.builder(
 *             "api",
 *             RedisTarget.standalone(new HostAndPort("redis", 6379), config),
 *             Plan.of(RateLimit.perMinute(1000)))
 *         .nodes(3)
 *         .build();
 * Decision decision = limiter.tryAcquire("user-42");
 * }</pre>
 *
 * <p><b>Exact</b> while Redis keeps what it acknowledged: no window admits more than its limit,
 * across threads, instances and reconnects. Where an answer is lost, its permits count as used.
 * Windows follow the Redis node's clock, not this host's. After a fail-over a window may admit the
 * limit plus the increments that the new primary lacked.
 *
 * <p><b>Under load</b>, whoever asks at the same time shares a round trip, and for the same key one
 * INCRBY. A key that is over its limit is denied from memory until its window ends.
 *
 * <p><b>When Redis is unwell</b> an answer comes within the decision time-out (50 ms by default)
 * and, after two failures, at once, as {@link WhenUnavailable} says; nothing is thrown. Recovery is
 * by itself.
 *
 * <p>Thread-safe. Up to two daemon threads for connecting, and one per node once {@link
 * #tryAcquireAsync} is used or a client is borrowed; gone after {@link #close()}.
 */
public final class RedisRateLimiter implements RateLimiter, AutoCloseable {

  private final String name;
  private final Function<String, Plan> plans;
  private final Ticker ticker;
  private final Counters counters;

  private RedisRateLimiter(Builder builder) {
    name = builder.name;
    plans = builder.plans;
    ticker = builder.ticker;
    KeyStates states =
        new KeyStates(
            new StoredKeys(name, builder.guideKeys, builder.secret),
            builder.spread,
            Math.max(1, builder.nodes),
            builder.maxKeys);
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(2, VigilThreads.named("ratelimit"));
    scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    WithoutRedis withoutRedis = new WithoutRedis(builder.whenUnavailable, states);
    counters =
        new Counters(
            states,
            builder.target,
            withoutRedis,
            recovered ->
                new Settings(
                    name,
                    builder.whenUnavailable,
                    builder.timeout,
                    ticker,
                    builder.wall,
                    scheduler,
                    withoutRedis::decide,
                    recovered));
  }

  /** A limiter with one plan for every key. */
  public static Builder builder(String name, RedisTarget target, Plan plan) {
    Objects.requireNonNull(plan, "plan");
    Builder builder = new Builder(name, target, key -> plan);
    builder.fixed = plan;
    return builder;
  }

  /** A limiter with one limit for every key. */
  public static Builder builder(String name, RedisTarget target, RateLimit limit) {
    return builder(name, target, Plan.of(limit));
  }

  /**
   * A limiter whose plan depends on the key.
   *
   * @param plans the plan of a key; called for each decision, so fast; what it throws goes to the
   *     caller
   */
  public static Builder builder(String name, RedisTarget target, Function<String, Plan> plans) {
    return new Builder(name, target, plans);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Plan plan(String key) {
    return Objects.requireNonNull(plans.apply(Objects.requireNonNull(key, "key")), "plan");
  }

  @Override
  public Decision tryAcquire(String key, int permits) {
    checkPermits(permits);
    return counters.decide(Ask.Kind.TAKE, key, plan(key), permits);
  }

  @Override
  public CompletableFuture<Decision> tryAcquireAsync(String key, int permits) {
    checkPermits(permits);
    return counters.decideLater(key, plan(key), permits);
  }

  @Override
  public Decision peek(String key) {
    return counters.decide(Ask.Kind.PEEK, key, plan(key), 1);
  }

  private static void checkPermits(int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1 but was " + permits);
    }
  }

  /** Whether every node that holds counters answers at present, as far as is known. */
  @Override
  public boolean available() {
    return counters.available();
  }

  /**
   * Waits until all nodes are connected, for a start that wants its first decisions shared. Not
   * needed: without it decisions made before fall under {@link WhenUnavailable}.
   *
   * @param atMost how long to wait, zero or more
   * @return whether they are
   */
  public boolean awaitConnected(Duration atMost) {
    return counters.awaitConnected(Require.notNegative("atMost", atMost));
  }

  /** How many keys are remembered now. */
  long keys() {
    return counters.keys();
  }

  /** Closes connections and threads of its own. Decisions after that are made without Redis. */
  @Override
  public void close() {
    counters.close();
  }

  /** Settings with defaults. Not thread-safe; may be used again. */
  public static final class Builder {

    private final String name;
    private final RedisTarget target;
    private final Function<String, Plan> plans;
    private @Nullable Plan fixed;
    private WhenUnavailable whenUnavailable = WhenUnavailable.LOCAL;
    private int nodes;
    private Duration timeout = Duration.ofMillis(50);
    private int maxKeys = 100_000;
    private boolean spread;
    private boolean guideKeys;
    private @Nullable Secret secret;
    private Ticker ticker = Ticker.system();
    private InstantSource wall = InstantSource.system();

    private Builder(String name, RedisTarget target, Function<String, Plan> plans) {
      this.name = KeyNames.limiterName(name);
      this.target = Objects.requireNonNull(target, "target");
      this.plans = Objects.requireNonNull(plans, "plans");
    }

    /** What is answered while Redis does not; {@link WhenUnavailable#LOCAL} by default. */
    public Builder whenUnavailable(WhenUnavailable answer) {
      whenUnavailable = Objects.requireNonNull(answer, "answer");
      return this;
    }

    /**
     * How many instances share the limits, for {@link WhenUnavailable#LOCAL}.
     *
     * @param nodes 1 to 10,000; 1 by default, which a line at the start says
     */
    public Builder nodes(int nodes) {
      this.nodes = Require.between("nodes", 1, 10_000, nodes);
      return this;
    }

    /**
     * How long a decision may take, everything included.
     *
     * @param timeout 5 ms to 10 s; 50 ms by default
     */
    public Builder decisionTimeout(Duration timeout) {
      Objects.requireNonNull(timeout, "timeout");
      Require.between(
          "decisionTimeout in ms", 5, 10_000, (int) Math.min(timeout.toMillis(), 1 << 30));
      this.timeout = timeout;
      return this;
    }

    /**
     * How many keys are remembered (denials, expiries, local counts), some 400 bytes each. Keys
     * beyond that are counted in Redis all the same; while it is away they share one local count.
     *
     * @param maxKeys 1 to 100 million; 100,000 by default
     */
    public Builder maxKeys(int maxKeys) {
      this.maxKeys = Require.between("maxKeys", 1, 100_000_000, maxKeys);
      return this;
    }

    /**
     * Lets each key's windows begin at a moment of its own instead of at the full minute, so that
     * waiting clients do not come back all at once.
     */
    public Builder spread() {
      spread = true;
      return this;
    }

    /**
     * Names counters {@code rate_limit:<identifier>:<window>}, for fleets that have such. Limiters
     * with equal windows then share counters, whatever their names.
     */
    public Builder guideKeys() {
      guideKeys = true;
      return this;
    }

    /**
     * Stores every identifier as a hash keyed by a secret, which all instances must share, so that
     * Redis holds no addresses or names. Otherwise only long and odd identifiers are hashed.
     */
    public Builder hashIdentifiers(Secret secret) {
      this.secret = Objects.requireNonNull(secret, "secret");
      return this;
    }

    /** Where time comes from, for tests; the system's clocks by default. */
    public Builder time(Ticker ticker, InstantSource wall) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.wall = Objects.requireNonNull(wall, "wall");
      return this;
    }

    /**
     * Makes the limiter, which begins to connect in the background.
     *
     * @throws IllegalArgumentException if {@link #guideKeys()} is combined with a cluster, or with
     *     anything but one limit for every key: its keys have no common hash slot
     */
    public RedisRateLimiter build() {
      if (guideKeys && (target.isCluster() || fixed == null || fixed.limits().size() > 1)) {
        throw new IllegalArgumentException(
            "guideKeys() needs one limit for every key and one server, since its keys have no"
                + " common hash slot; leave it out");
      }
      if (whenUnavailable == WhenUnavailable.LOCAL && nodes == 0) {
        LoggerFactory.getLogger("vigil.lifecycle")
            .info(
                "rate limiter {}: nodes(..) is not set, so while Redis is away each instance admits"
                    + " the whole limit",
                name);
      }
      RedisRateLimiter limiter = new RedisRateLimiter(this);
      limiter.counters.connect();
      return limiter;
    }
  }
}
