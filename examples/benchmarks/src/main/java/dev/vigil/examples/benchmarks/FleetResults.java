package dev.vigil.examples.benchmarks;

import dev.vigil.examples.benchmarks.FleetMeter.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Readings by cell and contestant, their medians, and the goals as ratios of them. */
final class FleetResults {

  private final Map<FleetCell, Map<String, List<Reading>>> readings = new LinkedHashMap<>();
  private final Map<String, FleetCost> costs = new LinkedHashMap<>();

  void add(FleetCell cell, String contestant, Reading reading) {
    readings
        .computeIfAbsent(cell, absent -> new LinkedHashMap<>())
        .computeIfAbsent(contestant, absent -> new ArrayList<>())
        .add(reading);
  }

  void add(String contestant, FleetCost cost) {
    costs.put(contestant, cost);
  }

  private double median(FleetCell cell, String contestant, ToDoubleFunction<Reading> of) {
    List<Reading> all = readings.getOrDefault(cell, Map.of()).getOrDefault(contestant, List.of());
    double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private double rate(FleetCell cell, String contestant) {
    return median(cell, contestant, Reading::rate);
  }

  void print(FleetCell cell) {
    for (String contestant : readings.getOrDefault(cell, Map.of()).keySet()) {
      double micros = median(cell, contestant, Reading::medianNanos) / 1_000;
      System.out.printf(
          Locale.ROOT,
          "%-20s %-22s %,14.0f/s  %6.2f µs CPU here  foreign CPU %3.0f %%%s%n",
          cell,
          contestant,
          rate(cell, contestant),
          median(cell, contestant, Reading::cpuMicros),
          100 * median(cell, contestant, Reading::foreign),
          micros > 0 ? String.format(Locale.ROOT, "   median %.1f µs", micros) : "");
    }
  }

  void printCosts() {
    costs.forEach(
        (contestant, cost) ->
            System.out.printf(
                Locale.ROOT,
                "cost in Redis        %-22s %5.2f µs a decision at first, %5.2f then; %,d B a key%n",
                contestant,
                cost.firstMicros(),
                cost.thenMicros(),
                cost.bytes()));
  }

  void printGoals() {
    for (FleetGoal goal : FleetGoal.all()) {
      double ours = goal.isCost() ? goal.of(costs.get("vigil")) : value(goal, "vigil");
      double theirs = Double.NaN;
      String best = "";
      for (String peer : goal.peers()) {
        double value = goal.isCost() ? goal.of(costs.get(peer)) : value(goal, peer);
        if (!Double.isNaN(value)
            && (Double.isNaN(theirs) || (goal.atMost() ? value < theirs : value > theirs))) {
          theirs = value;
          best = peer;
        }
      }
      double ratio = ours / theirs;
      if (!Double.isNaN(ratio)) {
        boolean reached = goal.atMost() ? ratio <= goal.ratio() : ratio >= goal.ratio();
        System.out.printf(
            Locale.ROOT,
            "goal %-38s %s %-6.2f of %-20s: %7.2f %s%n",
            goal.what(),
            goal.atMost() ? "<=" : ">=",
            goal.ratio(),
            best,
            ratio,
            reached ? "reached" : "MISSED");
      }
    }
  }

  private double value(FleetGoal goal, String contestant) {
    ToDoubleFunction<Reading> of =
        goal.atMost() && goal.cell().callers() == FleetCell.Callers.THREADS_1
            ? Reading::medianNanos
            : Reading::rate;
    return median(goal.cell(), contestant, of);
  }
}
