package dev.vigil.examples.benchmarks;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import redis.embedded.RedisServer;

/**
 * Rate limiters on Redis, closed loop: each caller waits for its answer (or for 64 of them) before
 * it asks again. Each contestant has a server of its own, which idles while others are measured;
 * they take turns within a round, so that a busy neighbour meets them all; the median of the rounds
 * counts, and the share of foreign CPU stands beside it. At the end: what a decision costs Redis,
 * and our goals as ratios in this run.
 *
 * <pre>java -cp benchmarks.jar dev.vigil.examples.benchmarks.FleetBenchmark [seconds 1] [rounds 3]
 *     [regex of cells] [regex of contestants]</pre>
 */
public final class FleetBenchmark {

  private static final int FIRST_PORT = 17_400;
  private static final String TOOL = "redis-benchmark -P 64";

  private final int seconds;
  private final Map<String, FleetContestant> field = new LinkedHashMap<>();
  private final Map<String, RedisServer> servers = new LinkedHashMap<>();
  private final FleetResults results = new FleetResults();

  private FleetBenchmark(int seconds) {
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    FleetBenchmark benchmark = new FleetBenchmark(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String cells = args.length > 2 ? args[2] : ".*";
    String contestants = args.length > 3 ? args[3] : ".*";
    try {
      benchmark.enter(contestants);
      benchmark.run(rounds, cells, contestants);
    } finally {
      benchmark.close();
    }
    System.exit(0); // clients of others may have left threads behind
  }

  private static Map<String, IntFunction<FleetContestant>> makers() {
    Map<String, IntFunction<FleetContestant>> makers = new LinkedHashMap<>();
    makers.put("vigil", VigilContestant::new);
    makers.put("jedis INCR", port -> new PlainContestants.JedisIncr(PlainContestants.pool(port)));
    makers.put(
        "guide INCR+EXPIRE", port -> new PlainContestants.Guide(PlainContestants.pool(port)));
    makers.put("lettuce INCR", port -> new PlainContestants.LettuceIncr(lettuce(port)));
    makers.put("gateway script", port -> new PlainContestants.GatewayScript(lettuce(port)));
    makers.put("bucket4j jedis", LibraryContestants::bucket4jOnJedis);
    makers.put("bucket4j lettuce", port -> LibraryContestants.bucket4jOnLettuce(port, null));
    makers.put(
        "bucket4j batching",
        port -> LibraryContestants.bucket4jOnLettuce(port, LibraryContestants.batching()));
    makers.put(
        "bucket4j delaying",
        port -> LibraryContestants.bucket4jOnLettuce(port, LibraryContestants.delaying()));
    makers.put(
        "bucket4j skip-on-zero",
        port -> LibraryContestants.bucket4jOnLettuce(port, LibraryContestants.skipOnZero()));
    makers.put("redisson", LibraryContestants::redisson);
    makers.put(
        "map get",
        port ->
            new PlainContestants.MapGet(new ConcurrentHashMap<>(Map.of(FleetCell.OVER, "denied"))));
    return makers;
  }

  private static RedisClient lettuce(int port) {
    return RedisClient.create("redis://127.0.0.1:" + port);
  }

  private static int port(RedisServer server) {
    return server.ports().get(0);
  }

  private void enter(String contestants) throws IOException {
    for (var each : makers().entrySet()) {
      if (each.getKey().matches(contestants)) {
        RedisServer server = serve(each.getKey());
        field.put(each.getKey(), each.getValue().apply(port(server)));
      }
    }
    if (!RedisBenchmarkTool.isThere()) {
      System.out.println("no redis-benchmark here: goals relative to it are left out");
    } else if (TOOL.matches(contestants)) {
      serve(TOOL);
    }
  }

  private RedisServer serve(String name) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(FIRST_PORT + servers.size())
            .setting("save \"\"")
            .setting("appendonly no")
            .build();
    server.start();
    servers.put(name, server);
    return server;
  }

  private void run(int rounds, String cells, String contestants) throws Exception {
    boolean filled = false;
    for (FleetCell cell : FleetCell.all()) {
      if (!cell.toString().matches(cells)) {
        continue;
      }
      if (cell.load() == FleetCell.Load.RANDOM && !filled) {
        filled = true;
        for (FleetContestant contestant : field.values()) {
          if (contestant.takes(cell)) {
            FleetMeter.fill(contestant);
          }
        }
      }
      for (int round = 0; round < rounds; round++) {
        measure(cell);
      }
      results.print(cell);
    }
    if ("cost".matches(cells)) {
      FleetCell random = new FleetCell(FleetCell.Load.RANDOM, FleetCell.Callers.THREADS_1);
      for (var each : field.entrySet()) {
        if (each.getValue().takes(random)) {
          results.add(
              each.getKey(), FleetCost.of(each.getValue(), port(servers.get(each.getKey()))));
        }
      }
      results.printCosts();
    }
    results.printGoals();
  }

  private void measure(FleetCell cell) throws Exception {
    for (var each : field.entrySet()) {
      FleetContestant contestant = each.getValue();
      boolean able = !cell.callers().isAsync() || contestant.decideAsync(cell.load().key()) != null;
      if (able && contestant.takes(cell)) {
        results.add(cell, each.getKey(), FleetMeter.read(cell, contestant, seconds));
      }
    }
    RedisServer server = servers.get(TOOL);
    if (server != null && cell.callers().isAsync() && cell.load() != FleetCell.Load.OVER) {
      boolean random = cell.load() == FleetCell.Load.RANDOM;
      CpuShare before = CpuShare.now();
      double rate = RedisBenchmarkTool.rate(port(server), seconds, random);
      double foreign = CpuShare.now().foreignSince(before);
      results.add(cell, TOOL, new FleetMeter.Reading(rate, 0, 0, foreign));
    }
  }

  private void close() throws Exception {
    for (FleetContestant contestant : field.values()) {
      contestant.close();
    }
    for (RedisServer server : servers.values()) {
      server.stop();
    }
  }
}
