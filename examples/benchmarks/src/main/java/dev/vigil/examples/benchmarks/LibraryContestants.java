package dev.vigil.examples.benchmarks;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.OptimizationListener;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.proxy.optimization.skiponzero.SkipSyncOnZeroOptimization;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import redis.clients.jedis.JedisPool;

/** The libraries that one would take instead. */
final class LibraryContestants {

  private LibraryContestants() {}

  static FleetContestant bucket4jOnJedis(int port) {
    JedisPool pool = PlainContestants.pool(port);
    return new Bucket4j(Bucket4jJedis.casBasedBuilder(pool).build(), null, pool);
  }

  static FleetContestant bucket4jOnLettuce(int port, Optimization optimization) {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
    return new Bucket4j(
        Bucket4jLettuce.casBasedBuilder(client).build(), optimization, client::shutdown);
  }

  static Optimization batching() {
    return Optimizations.batching();
  }

  /** Admits more than the limit, as its documentation says. */
  static Optimization delaying() {
    return Optimizations.delaying(new DelayParameters(100, Duration.ofMillis(100)));
  }

  static Optimization skipOnZero() {
    return new SkipSyncOnZeroOptimization(
        OptimizationListener.createDefault(), TimeMeter.SYSTEM_MILLISECONDS);
  }

  private static final class Bucket4j implements FleetContestant {

    private final ProxyManager<byte[]> proxies;
    private final Optimization optimization;
    private final AutoCloseable client;
    private final ConcurrentHashMap<String, BucketProxy> buckets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AsyncBucketProxy> asyncBuckets =
        new ConcurrentHashMap<>();

    Bucket4j(ProxyManager<byte[]> proxies, Optimization optimization, AutoCloseable client) {
      this.proxies = proxies;
      this.optimization = optimization;
      this.client = client;
    }

    private static BucketConfiguration configuration(String key) {
      int limit = FleetContestant.limit(key);
      return BucketConfiguration.builder()
          .addLimit(each -> each.capacity(limit).refillIntervally(limit, WINDOW))
          .build();
    }

    private BucketProxy bucket(String key) {
      var builder = proxies.builder();
      var chosen = optimization == null ? builder : builder.withOptimization(optimization);
      return chosen.build(key.getBytes(StandardCharsets.UTF_8), () -> configuration(key));
    }

    private AsyncBucketProxy asyncBucket(String key) {
      var builder = proxies.asAsync().builder();
      var chosen = optimization == null ? builder : builder.withOptimization(optimization);
      return chosen.build(
          key.getBytes(StandardCharsets.UTF_8),
          () -> CompletableFuture.completedFuture(configuration(key)));
    }

    @Override
    public void decide(String key) {
      buckets.computeIfAbsent(key, this::bucket).tryConsume(1);
    }

    @Override
    public CompletionStage<?> decideAsync(String key) {
      return proxies.isAsyncModeSupported()
          ? asyncBuckets.computeIfAbsent(key, this::asyncBucket).tryConsume(1)
          : null;
    }

    @Override
    public void close() throws Exception {
      client.close();
    }
  }

  static FleetContestant redisson(int port) {
    Config config = new Config();
    config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
    return new OnRedisson(Redisson.create(config), new ConcurrentHashMap<>());
  }

  private record OnRedisson(RedissonClient client, ConcurrentHashMap<String, RRateLimiter> limiters)
      implements FleetContestant {

    private RRateLimiter limiter(String key) {
      return limiters.computeIfAbsent(
          key,
          absent -> {
            RRateLimiter made = client.getRateLimiter(absent);
            made.trySetRate(RateType.OVERALL, FleetContestant.limit(absent), WINDOW);
            return made;
          });
    }

    @Override
    public void decide(String key) {
      limiter(key).tryAcquire(1);
    }

    @Override
    public CompletionStage<?> decideAsync(String key) {
      return limiter(key).tryAcquireAsync(1);
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }
}
