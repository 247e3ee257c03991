package dev.vigil.alerts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instances of one rule: those whose meters are there, and those whose meters went. */
final class RuleInstances {

  /** Label sets for which a rule may hold at once; more is a rule that tells nobody anything. */
  static final int MOST_ACTIVE = 100;

  private static final RuleInstance[] NONE = {};

  private final Map<Map<String, String>, RuleInstance> known = new HashMap<>();
  private final List<RuleInstance> gone = new ArrayList<>();
  private RuleInstance[] current = NONE;
  private int[] recovery = {};

  /** Takes note of which instances the condition has now. */
  void gather(BoundCondition condition, @Nullable BoundCondition recover) {
    current = new RuleInstance[condition.size()];
    recovery = new int[current.length];
    Map<Map<String, String>, RuleInstance> orphans = new HashMap<>(known);
    Map<Map<String, String>, Integer> recoveries = recoveries(recover);
    // A recovery without labels of its own is all instances'.
    int forAll = recoveries.getOrDefault(Map.<String, String>of(), -1);
    for (int i = 0; i < current.length; i++) {
      Map<String, String> labels = condition.labels(i);
      current[i] = known.computeIfAbsent(labels, RuleInstance::new);
      orphans.remove(labels);
      recovery[i] = recoveries.getOrDefault(labels, forAll);
    }
    gone.clear();
    for (RuleInstance orphan : orphans.values()) {
      if (orphan.state().state() == AlertState.INACTIVE) {
        known.remove(orphan.labels());
      } else {
        gone.add(orphan);
      }
    }
  }

  private static Map<Map<String, String>, Integer> recoveries(@Nullable BoundCondition recover) {
    Map<Map<String, String>, Integer> recoveries = new HashMap<>();
    for (int i = 0; recover != null && i < recover.size(); i++) {
      recoveries.put(recover.labels(i), i);
    }
    return recoveries;
  }

  /** For how many sets of labels it holds, or does not yet not hold; a lower number if few. */
  int active(BoundCondition condition) {
    int most = current.length + gone.size();
    if (most <= MOST_ACTIVE) {
      return most;
    }
    int active = gone.size();
    for (int i = 0; i < current.length; i++) {
      if (condition.truth(i) == Truth.TRUE || current[i].state().active()) {
        active++;
      }
    }
    return active;
  }

  /** Moves every instance on; answers whether meters of one are missing. */
  boolean step(BoundRule rule, RuleTiming timing, Tick tick, Changes changes) {
    BoundCondition condition = rule.condition();
    BoundCondition recover = rule.recover();
    boolean missing = false;
    for (int i = 0; i < current.length; i++) {
      Truth truth = condition.truth(i);
      if (truth == Truth.TRUE) {
        current[i].lastTrueValue(condition.value(i));
      }
      missing |= truth == Truth.MISSING;
      Truth recovered =
          recover == null || recovery[i] < 0 ? Truth.MISSING : recover.truth(recovery[i]);
      move(rule, timing, current[i], truth, recovered, tick, changes);
    }
    if (current.length == 0 && timing.missing() != MissingPolicy.INACTIVE) {
      missing = true;
      standInForMeters();
    }
    if (!gone.isEmpty()) {
      stepGone(rule, timing, tick, changes);
    }
    return missing;
  }

  /** Where there is no meter at all, an instance without labels stands for what is missing. */
  private void standInForMeters() {
    RuleInstance standIn = known.computeIfAbsent(Map.of(), RuleInstance::new);
    if (!gone.contains(standIn)) {
      gone.add(standIn);
    }
  }

  /** The meters of these are missing, until they are over. */
  private void stepGone(BoundRule rule, RuleTiming timing, Tick tick, Changes changes) {
    for (int i = gone.size() - 1; i >= 0; i--) {
      RuleInstance instance = gone.get(i);
      boolean stoodIn = instance.labels().isEmpty() && current.length > 0;
      Truth truth = stoodIn ? Truth.FALSE : Truth.MISSING;
      move(rule, timing, instance, truth, stoodIn ? Truth.TRUE : truth, tick, changes);
      if (instance.state().state() == AlertState.INACTIVE) {
        gone.remove(i);
        known.remove(instance.labels());
      }
    }
  }

  private static void move(
      BoundRule rule,
      RuleTiming timing,
      RuleInstance instance,
      Truth truth,
      Truth recovered,
      Tick tick,
      Changes changes) {
    AlertState from = instance.state().state();
    if (instance.state().step(truth, recovered, tick, timing)) {
      changes.add(rule, instance, from, tick.wallMillis());
    }
  }

  /** No clock runs for any of them. */
  void freeze(long step) {
    known.values().forEach(instance -> instance.state().freeze(step));
  }

  /** The instance with these labels, made where it is not known; it waits for its meters. */
  RuleInstance adopt(Map<String, String> labels) {
    RuleInstance instance = known.computeIfAbsent(labels, RuleInstance::new);
    gone.add(instance);
    return instance;
  }

  void clear() {
    known.clear();
    gone.clear();
    current = NONE;
  }

  Collection<RuleInstance> all() {
    return known.values();
  }
}
