package dev.vigil.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import redis.embedded.RedisServer;

/**
 * Rate limiters on one Redis, closed loop: each caller waits for its answer (or for 64 of them)
 * before it asks again. Contestants take turns within a round, so that a busy neighbour meets them
 * all; the median of the rounds counts, and the share of foreign CPU stands beside it.
 *
 * <pre>java -cp benchmarks.jar dev.vigil.examples.benchmarks.FleetBenchmark [seconds 3] [rounds 3]
 * </pre>
 *
 * <p>For the ceiling, beside it: {@code redis-benchmark -t incr -P 64 -c 50 [-r 100000]}.
 */
public final class FleetBenchmark {

  private static final int IN_FLIGHT = 64;
  private static final int MANY = 100_000;
  private static final int PLENTY = 1_000_000_000;
  private static final int PORT = 17_399;

  private FleetBenchmark() {}

  private record Cell(String load, String callers, int threads, boolean async, boolean virtual) {}

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Map<String, IntFunction<FleetContestant>> field = new LinkedHashMap<>();
    field.put("vigil", limit -> FleetContestant.ours(PORT, limit));
    field.put("jedis INCR", limit -> FleetContestant.rawIncr(PORT));
    field.put("guide INCR+EXPIRE", limit -> FleetContestant.guide(PORT));
    field.put("lettuce INCR", limit -> FleetContestant.lettuceIncr(PORT));
    field.put("bucket4j", limit -> FleetContestant.bucket4j(PORT, limit, ""));
    field.put("bucket4j batching", limit -> FleetContestant.bucket4j(PORT, limit, "batching"));
    field.put("bucket4j delaying", limit -> FleetContestant.bucket4j(PORT, limit, "delaying"));
    field.put("redisson", limit -> FleetContestant.redisson(PORT, limit));
    List<Cell> cells = new ArrayList<>();
    for (String load : List.of("hot", "random", "over")) {
      for (int threads : new int[] {1, 8, 64}) {
        cells.add(new Cell(load, threads + " threads", threads, false, false));
      }
      if (Runtime.version().feature() >= 21) {
        cells.add(new Cell(load, "64 virtual", 64, false, true));
      }
      cells.add(new Cell(load, "1 async x 64", 1, true, false));
      cells.add(new Cell(load, "8 async x 64", 8, true, false));
    }
    for (Cell cell : cells) {
      Map<String, List<Double>> rates = new LinkedHashMap<>();
      Map<String, List<Double>> foreign = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (var each : field.entrySet()) {
          measure(cell, seconds, each.getKey(), each.getValue(), rates, foreign);
        }
      }
      rates.forEach(
          (name, measured) ->
              System.out.printf(
                  Locale.ROOT,
                  "%-7s %-13s %-20s %,14.0f/s   foreign CPU %3.0f %%%n",
                  cell.load,
                  cell.callers,
                  name,
                  median(measured),
                  100 * median(foreign.get(name))));
    }
  }

  private static void measure(
      Cell cell,
      int seconds,
      String name,
      IntFunction<FleetContestant> maker,
      Map<String, List<Double>> rates,
      Map<String, List<Double>> foreign)
      throws Exception {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(PORT)
            .setting("save \"\"")
            .setting("appendonly no")
            .build();
    server.start();
    try (FleetContestant contestant = maker.apply(cell.load.equals("over") ? 1 : PLENTY)) {
      if (cell.async && contestant.decideAsync("probe") == null) {
        return;
      }
      LongAdder decisions = new LongAdder();
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> callers = new ArrayList<>();
      ThreadFactory threads = cell.virtual ? virtual() : Thread::new;
      for (int i = 0; i < cell.threads; i++) {
        callers.add(threads.newThread(() -> call(cell, contestant, decisions, over)));
      }
      callers.forEach(Thread::start);
      Thread.sleep(2_000);
      decisions.reset();
      long start = System.nanoTime();
      long[] before = cpu();
      Thread.sleep(seconds * 1_000L);
      double rate = decisions.sum() * 1e9 / (System.nanoTime() - start);
      long[] after = cpu();
      over.set(true);
      for (Thread caller : callers) {
        caller.join();
      }
      rates.computeIfAbsent(name, absent -> new ArrayList<>()).add(rate);
      foreign
          .computeIfAbsent(name, absent -> new ArrayList<>())
          .add((double) (after[0] - before[0] - (after[1] - before[1])) / (after[2] - before[2]));
    } finally {
      server.stop();
    }
  }

  private static void call(
      Cell cell, FleetContestant contestant, LongAdder decisions, AtomicBoolean over) {
    boolean random = cell.load.equals("random");
    Supplier<String> keys =
        random ? () -> "k" + ThreadLocalRandom.current().nextInt(MANY) : () -> "hot";
    CompletionStage<?>[] flying = new CompletionStage<?>[IN_FLIGHT];
    try {
      while (!over.get()) {
        if (!cell.async) {
          contestant.decide(keys.get());
          decisions.increment();
          continue;
        }
        for (int i = 0; i < IN_FLIGHT; i++) {
          flying[i] = contestant.decideAsync(keys.get());
        }
        for (CompletionStage<?> each : flying) {
          each.toCompletableFuture().get();
        }
        decisions.add(IN_FLIGHT);
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Virtual threads by reflection, since the project's byte code is Java 17's. */
  private static ThreadFactory virtual() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(each -> each).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Clock ticks: busy on the whole machine, busy in this process and its children, all. */
  private static long[] cpu() throws IOException {
    String[] all = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
    long[] ticks = Arrays.stream(all, 1, 9).mapToLong(Long::parseLong).toArray();
    long total = Arrays.stream(ticks).sum();
    long idle = ticks[3] + ticks[4];
    long own = ticks(ProcessHandle.current());
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      own += ticks(child);
    }
    return new long[] {total - idle, own, total};
  }

  /** User and system time, fields 14 and 15 of proc(5)'s stat. */
  private static long ticks(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
