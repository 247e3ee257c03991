package dev.vigil.examples.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/**
 * What a decision costs Redis: its own time by INFO commandstats, and bytes by MEMORY USAGE of all
 * that it keeps for a key.
 *
 * @param firstMicros a decision, the first five of a key
 * @param thenMicros a decision, the next five
 * @param bytes a key
 */
record FleetCost(double firstMicros, double thenMicros, long bytes) {

  private static final int KEYS = 4_000;
  private static final int EACH = 5;

  static FleetCost of(FleetContestant contestant, int port) throws Exception {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      double first = micros(contestant, jedis);
      double then = micros(contestant, jedis);
      return new FleetCost(first, then, bytes(jedis, "cost" + KEYS / 2));
    }
  }

  private static double micros(FleetContestant contestant, Jedis jedis) throws Exception {
    Map<String, Long> before = statistics(jedis);
    for (int round = 0; round < EACH; round++) {
      for (int key = 0; key < KEYS; key++) {
        contestant.decide("cost" + key);
      }
    }
    Map<String, Long> spent = new HashMap<>();
    statistics(jedis)
        .forEach((command, time) -> spent.put(command, time - before.getOrDefault(command, 0L)));
    spent.keySet().removeAll(List.of("info", "scan", "memory"));
    long scripts = spent.getOrDefault("eval", 0L) + spent.getOrDefault("evalsha", 0L);
    // A script's time has that of its commands in it, which are counted by themselves as well.
    long all = spent.values().stream().mapToLong(Long::longValue).sum();
    return (double) (scripts > 0 ? scripts : all) / (KEYS * EACH);
  }

  /** Microseconds by command, from lines like {@code cmdstat_incr:calls=1,usec=2,...}. */
  private static Map<String, Long> statistics(Jedis jedis) {
    Map<String, Long> micros = new HashMap<>();
    for (String line : jedis.info("commandstats").split("\r\n")) {
      if (line.startsWith("cmdstat_")) {
        String command = line.substring("cmdstat_".length(), line.indexOf(':')).split("\\|")[0];
        micros.merge(command, Long.valueOf(line.split("usec=")[1].split(",")[0]), Long::sum);
      }
    }
    return micros;
  }

  private static long bytes(Jedis jedis, String identifier) {
    long bytes = 0;
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, new ScanParams().count(1_000).match("*" + identifier + "*"));
      for (String key : page.getResult()) {
        bytes += jedis.memoryUsage(key);
      }
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return bytes;
  }
}
