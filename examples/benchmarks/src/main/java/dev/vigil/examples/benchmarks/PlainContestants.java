package dev.vigil.examples.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;
import redis.clients.jedis.Pipeline;

/** What one would write by hand on a Redis client. */
final class PlainContestants {

  private PlainContestants() {}

  static JedisPool pool(int port) {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(64);
    config.setMaxIdle(64);
    return new JedisPool(config, "127.0.0.1", port);
  }

  /** A counter without limit and expiry: the floor of what a round trip costs. */
  record JedisIncr(JedisPool pool) implements FleetContestant {

    @Override
    public void decide(String key) {
      try (Jedis jedis = pool.getResource()) {
        jedis.incr(key);
      }
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /** INCR and EXPIRE in one pipeline, as the guide has it. */
  record Guide(JedisPool pool) implements FleetContestant {

    @Override
    public void decide(String key) {
      String counter = "rate_limit:" + key + ":" + System.currentTimeMillis() / WINDOW.toMillis();
      try (Jedis jedis = pool.getResource()) {
        Pipeline pipeline = jedis.pipelined();
        pipeline.incr(counter);
        pipeline.expire(counter, WINDOW.toSeconds());
        pipeline.sync();
      }
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  record LettuceIncr(RedisClient client, RedisAsyncCommands<String, String> commands)
      implements FleetContestant {

    LettuceIncr(RedisClient client) {
      this(client, client.connect().async());
    }

    @Override
    public void decide(String key) throws Exception {
      commands.incr(key).get();
    }

    @Override
    public CompletionStage<?> decideAsync(String key) {
      return commands.incr(key);
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  /** Spring Cloud Gateway's own script, by its hash. Rate and burst are permits per second. */
  record GatewayScript(RedisClient client, RedisAsyncCommands<String, String> commands, String hash)
      implements FleetContestant {

    GatewayScript(RedisClient client) {
      this(client, client.connect().async());
    }

    private GatewayScript(RedisClient client, RedisAsyncCommands<String, String> commands) {
      this(client, commands, load(commands));
    }

    private static String load(RedisAsyncCommands<String, String> commands) {
      try (InputStream script =
          FleetContestant.class.getResourceAsStream("/META-INF/scripts/request_rate_limiter.lua")) {
        return commands
            .scriptLoad(new String(script.readAllBytes(), StandardCharsets.UTF_8))
            .toCompletableFuture()
            .join();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void decide(String key) throws Exception {
      decideAsync(key).toCompletableFuture().get();
    }

    @Override
    public CompletionStage<?> decideAsync(String key) {
      String[] keys = {
        "request_rate_limiter.{" + key + "}.tokens", "request_rate_limiter.{" + key + "}.timestamp"
      };
      String limit = Integer.toString(FleetContestant.limit(key));
      // A rate below one a second would be no whole number, which is all the gateway takes.
      String rate = limit.equals("1") ? "1" : limit;
      return commands.evalsha(hash, ScriptOutputType.MULTI, keys, rate, limit, "", "1");
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }

  /** No Redis at all: what a look into a map costs in this harness. */
  record MapGet(ConcurrentHashMap<String, String> map) implements FleetContestant {

    @Override
    public void decide(String key) {
      if (map.get(key) == null) {
        throw new IllegalStateException("no " + key);
      }
    }

    @Override
    public boolean takes(FleetCell cell) {
      return cell.load() == FleetCell.Load.OVER;
    }
  }
}
