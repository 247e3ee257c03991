package dev.vigil.examples.benchmarks;

import static dev.vigil.examples.benchmarks.FleetCell.Callers.ASYNC_8_X_64;
import static dev.vigil.examples.benchmarks.FleetCell.Callers.THREADS_1;
import static dev.vigil.examples.benchmarks.FleetCell.Callers.THREADS_64;
import static dev.vigil.examples.benchmarks.FleetCell.Callers.THREADS_8;
import static dev.vigil.examples.benchmarks.FleetCell.Callers.VIRTUAL_64;
import static dev.vigil.examples.benchmarks.FleetCell.Load.HOT;
import static dev.vigil.examples.benchmarks.FleetCell.Load.OVER;
import static dev.vigil.examples.benchmarks.FleetCell.Load.RANDOM;

import dev.vigil.examples.benchmarks.FleetCell.Callers;
import dev.vigil.examples.benchmarks.FleetCell.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A ratio that we set out to reach: ours to the best of some peers, in one cell or in cost.
 *
 * @param cost what of the cost is compared; null where it is a cell
 * @param atMost whether the ratio is a ceiling: of the median time of one caller, or of a cost
 */
record FleetGoal(
    String what,
    FleetCell cell,
    ToDoubleFunction<FleetCost> cost,
    boolean atMost,
    double ratio,
    List<String> peers) {

  /** Libraries, all of them. */
  private static final List<String> LIBRARIES =
      List.of(
          "bucket4j jedis",
          "bucket4j lettuce",
          "bucket4j batching",
          "bucket4j skip-on-zero",
          "redisson",
          "gateway script");

  private static FleetGoal rate(Load load, Callers callers, double ratio, List<String> peers) {
    FleetCell cell = new FleetCell(load, callers);
    return new FleetGoal(cell.toString(), cell, null, false, ratio, peers);
  }

  private static FleetGoal cost(
      String what, ToDoubleFunction<FleetCost> cost, double ratio, List<String> peers) {
    return new FleetGoal(what, null, cost, true, ratio, peers);
  }

  static List<FleetGoal> all() {
    List<String> tool = List.of("redis-benchmark -P 64");
    List<String> guide = List.of("guide INCR+EXPIRE");
    List<FleetGoal> goals = new ArrayList<>();
    goals.add(rate(RANDOM, ASYNC_8_X_64, 0.6, tool));
    goals.add(rate(RANDOM, ASYNC_8_X_64, 20, LIBRARIES));
    goals.add(rate(HOT, ASYNC_8_X_64, 2, tool));
    goals.add(rate(HOT, VIRTUAL_64, 5, LIBRARIES));
    goals.add(rate(RANDOM, VIRTUAL_64, 5, LIBRARIES));
    goals.add(rate(HOT, THREADS_64, 1.8, LIBRARIES));
    goals.add(rate(RANDOM, THREADS_64, 2.5, LIBRARIES));
    goals.add(rate(HOT, THREADS_64, 2, guide));
    goals.add(rate(RANDOM, THREADS_64, 2, guide));
    goals.add(rate(HOT, THREADS_8, 1.25, guide));
    goals.add(rate(RANDOM, THREADS_8, 1.25, guide));
    FleetCell alone = new FleetCell(HOT, THREADS_1);
    goals.add(new FleetGoal("one caller's median", alone, null, true, 1.05, List.of("jedis INCR")));
    goals.add(rate(OVER, THREADS_64, 150, LIBRARIES));
    goals.add(rate(OVER, THREADS_64, 0.25, List.of("map get")));
    goals.add(cost("Redis time at first", FleetCost::firstMicros, 0.5, guide));
    goals.add(cost("Redis time then", FleetCost::thenMicros, 0.5, guide));
    goals.add(cost("bytes a key", FleetCost::bytes, 0.5, LIBRARIES));
    return goals;
  }

  boolean isCost() {
    return cost != null;
  }

  double of(FleetCost measured) {
    return measured == null ? Double.NaN : cost.applyAsDouble(measured);
  }
}
