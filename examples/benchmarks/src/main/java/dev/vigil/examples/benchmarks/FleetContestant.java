package dev.vigil.examples.benchmarks;

import dev.vigil.ratelimit.RateLimit;
import dev.vigil.ratelimit.redis.RedisRateLimiter;
import dev.vigil.ratelimit.redis.RedisTarget;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.Redisson;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.Pipeline;

/** A way to decide on one Redis; synchronous, and asynchronous where it can. */
abstract class FleetContestant implements AutoCloseable {

  private static final Duration WINDOW = Duration.ofHours(1);

  abstract void decide(String key) throws Exception;

  /** Null where there is no asynchronous way. */
  CompletionStage<?> decideAsync(String key) {
    return null;
  }

  @Override
  public void close() throws Exception {}

  static FleetContestant ours(int port, int limit) {
    RedisRateLimiter limiter =
        RedisRateLimiter.builder(
                "bench",
                RedisTarget.standalone(
                    new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().build()),
                RateLimit.of(limit, WINDOW))
            .decisionTimeout(Duration.ofSeconds(2))
            .maxKeys(200_000)
            .nodes(1)
            .build();
    if (!limiter.awaitConnected(Duration.ofSeconds(10))) {
      throw new IllegalStateException("Redis is not there");
    }
    return new FleetContestant() {
      @Override
      void decide(String key) {
        if (limiter.tryAcquire(key).unavailable()) {
          throw new IllegalStateException("not decided by Redis");
        }
      }

      @Override
      CompletionStage<?> decideAsync(String key) {
        return limiter.tryAcquireAsync(key);
      }

      @Override
      public void close() {
        limiter.close();
      }
    };
  }

  private static JedisPool pool(int port) {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(64);
    config.setMaxIdle(64);
    return new JedisPool(config, "127.0.0.1", port);
  }

  static FleetContestant rawIncr(int port) {
    JedisPool pool = pool(port);
    return new FleetContestant() {
      @Override
      void decide(String key) {
        try (Jedis jedis = pool.getResource()) {
          jedis.incr(key);
        }
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  /** INCR and EXPIRE in one pipeline, as the guide has it. */
  static FleetContestant guide(int port) {
    JedisPool pool = pool(port);
    return new FleetContestant() {
      @Override
      void decide(String key) {
        String counter = "rate_limit:" + key + ":" + System.currentTimeMillis() / 3_600_000;
        try (Jedis jedis = pool.getResource()) {
          Pipeline pipeline = jedis.pipelined();
          pipeline.incr(counter);
          pipeline.expire(counter, 3_600);
          pipeline.sync();
        }
      }

      @Override
      public void close() {
        pool.close();
      }
    };
  }

  static FleetContestant lettuceIncr(int port) {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
    RedisAsyncCommands<String, String> commands = client.connect().async();
    return new FleetContestant() {
      @Override
      void decide(String key) throws Exception {
        commands.incr(key).get();
      }

      @Override
      CompletionStage<?> decideAsync(String key) {
        return commands.incr(key);
      }

      @Override
      public void close() {
        client.shutdown();
      }
    };
  }

  static FleetContestant bucket4j(int port, int limit, String how) {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
    ProxyManager<byte[]> proxies = Bucket4jLettuce.casBasedBuilder(client).build();
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(each -> each.capacity(limit).refillIntervally(limit, WINDOW))
            .build();
    var builder = proxies.builder();
    var asyncBuilder = proxies.asAsync().builder();
    Optimization optimization =
        switch (how) {
          case "batching" -> Optimizations.batching();
          case "delaying" ->
              Optimizations.delaying(new DelayParameters(100, Duration.ofMillis(100)));
          default -> null;
        };
    if (optimization != null) {
      builder = builder.withOptimization(optimization);
      asyncBuilder = asyncBuilder.withOptimization(optimization);
    }
    var sync = builder;
    var async = asyncBuilder;
    var buckets = new ConcurrentHashMap<String, io.github.bucket4j.distributed.BucketProxy>();
    var asyncBuckets =
        new ConcurrentHashMap<String, io.github.bucket4j.distributed.AsyncBucketProxy>();
    return new FleetContestant() {
      @Override
      void decide(String key) {
        buckets
            .computeIfAbsent(
                key, each -> sync.build(each.getBytes(StandardCharsets.UTF_8), () -> configuration))
            .tryConsume(1);
      }

      @Override
      CompletionStage<?> decideAsync(String key) {
        return asyncBuckets
            .computeIfAbsent(
                key,
                each ->
                    async.build(
                        each.getBytes(StandardCharsets.UTF_8),
                        () ->
                            java.util.concurrent.CompletableFuture.completedFuture(configuration)))
            .tryConsume(1);
      }

      @Override
      public void close() {
        client.shutdown();
      }
    };
  }

  static FleetContestant redisson(int port, int limit) {
    Config config = new Config();
    config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
    RedissonClient client = Redisson.create(config);
    var limiters = new ConcurrentHashMap<String, RRateLimiter>();
    return new FleetContestant() {
      private RRateLimiter limiter(String key) {
        return limiters.computeIfAbsent(
            key,
            each -> {
              RRateLimiter made = client.getRateLimiter(each);
              made.trySetRate(RateType.OVERALL, limit, WINDOW);
              return made;
            });
      }

      @Override
      void decide(String key) {
        limiter(key).tryAcquire(1);
      }

      @Override
      CompletionStage<?> decideAsync(String key) {
        return limiter(key).tryAcquireAsync(1);
      }

      @Override
      public void close() {
        client.shutdown();
      }
    };
  }
}
