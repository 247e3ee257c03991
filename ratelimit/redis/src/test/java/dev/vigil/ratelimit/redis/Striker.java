package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.RateLimit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;

/**
 * A JVM of its own that asks as fast as it can, then prints how many permits it was granted in each
 * window, by the time at which the window ended.
 */
public final class Striker {

  record Orders(
      String mode,
      String ports,
      int threads,
      int limit,
      int windowMillis,
      int millis,
      int keys,
      int mostPermits,
      WhenUnavailable answer,
      int timeoutMillis,
      int clockAheadSeconds,
      int nodes,
      int pauseMillis) {

    Orders(
        String mode,
        String ports,
        int threads,
        int limit,
        int windowMillis,
        int millis,
        int keys,
        int mostPermits,
        WhenUnavailable answer,
        int timeoutMillis,
        int clockAheadSeconds) {
      this(
          mode,
          ports,
          threads,
          limit,
          windowMillis,
          millis,
          keys,
          mostPermits,
          answer,
          timeoutMillis,
          clockAheadSeconds,
          1,
          0);
    }

    String[] arguments() {
      return new String[] {
        mode,
        ports,
        "" + threads,
        "" + limit,
        "" + windowMillis,
        "" + millis,
        "" + keys,
        "" + mostPermits,
        answer.name(),
        "" + timeoutMillis,
        "" + clockAheadSeconds,
        "" + nodes,
        "" + pauseMillis
      };
    }
  }

  private Striker() {}

  static Process send(Orders orders) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Striker.class.getName()));
    command.addAll(Arrays.asList(orders.arguments()));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns when a striker begins to ask. */
  static void awaitConnected(Process striker) {
    StringBuilder output = new StringBuilder();
    try {
      while (output.indexOf("connected\n") < 0) {
        int next = striker.getInputStream().read();
        if (next < 0) {
          throw new AssertionError(output);
        }
        output.append((char) next);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a striker was granted, by the window's end; waits for it to finish. */
  static Map<Long, Long> granted(Process striker) {
    try {
      String output = new String(striker.getInputStream().readAllBytes(), "UTF-8");
      if (striker.waitFor() != 0) {
        throw new AssertionError(output);
      }
      return output
          .lines()
          .filter(line -> line.startsWith("granted "))
          .map(line -> line.split(" "))
          .collect(
              Collectors.toMap(
                  parts -> Long.valueOf(parts[1]),
                  parts -> Long.valueOf(parts[2]),
                  Long::sum,
                  TreeMap::new));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static void main(String[] args) throws InterruptedException {
    RedisTarget target;
    Set<HostAndPort> addresses =
        Arrays.stream(args[1].split(","))
            .map(port -> new HostAndPort("127.0.0.1", Integer.parseInt(port)))
            .collect(Collectors.toSet());
    if (args[0].equals("cluster")) {
      target = RedisTarget.cluster(addresses, TestRedis.config());
    } else {
      target = RedisTarget.standalone(addresses.iterator().next(), TestRedis.config());
    }
    int threads = Integer.parseInt(args[2]);
    RateLimit limit =
        RateLimit.of(Integer.parseInt(args[3]), Duration.ofMillis(Integer.parseInt(args[4])));
    long millis = Long.parseLong(args[5]);
    int keys = Integer.parseInt(args[6]);
    int mostPermits = Integer.parseInt(args[7]);
    InstantSource skewed =
        () -> InstantSource.system().instant().plusSeconds(Integer.parseInt(args[10]));
    int pause = Integer.parseInt(args[12]);
    Map<Long, LongAdder> granted = new ConcurrentHashMap<>();
    try (RedisRateLimiter limiter =
        RedisRateLimiter.builder("strike", target, Plan.of(limit))
            .whenUnavailable(WhenUnavailable.valueOf(args[8]))
            .decisionTimeout(Duration.ofMillis(Integer.parseInt(args[9])))
            .nodes(Integer.parseInt(args[11]))
            .time(dev.vigil.core.Ticker.system(), skewed)
            .build()) {
      limiter.awaitConnected(Duration.ofSeconds(10));
      System.out.println("connected");
      long end = System.nanoTime() + millis * 1_000_000;
      Thread[] callers = new Thread[threads];
      for (int i = 0; i < threads; i++) {
        callers[i] =
            new Thread(
                () -> {
                  ThreadLocalRandom random = ThreadLocalRandom.current();
                  while (System.nanoTime() < end) {
                    String key = "k" + random.nextInt(keys);
                    int permits = 1 + random.nextInt(mostPermits);
                    Decision decision = limiter.tryAcquire(key, permits);
                    if (pause > 0) {
                      TestRedis.pause(Duration.ofMillis(pause));
                    }
                    if (decision.allowed()) {
                      granted
                          .computeIfAbsent(
                              decision.resetAt().toEpochMilli(), window -> new LongAdder())
                          .add(permits);
                    } else if (keys == 1) {
                      Thread.yield();
                    }
                  }
                });
        callers[i].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    granted.forEach((window, count) -> System.out.println("granted " + window + " " + count));
  }
}
