package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One rule with its instances and what happened to them, moved on by one evaluation at a time.
 *
 * <p>A rule that cannot be evaluated (its condition throws, a meter blocks, it holds for too many
 * sets of labels, its meters are missing and that is an error) is an incident of its own, which
 * waits for the rule's duration like any other; its instances stand still meanwhile.
 *
 * <p>Used by whoever holds the engine's lock; {@link #counts} may be read by all.
 */
final class RuleState {

  /** Changes kept for people to read: of each rule, so that one that flaps hides no other's. */
  static final int HISTORY = 50;

  private static final Map<String, String> UNABLE = Map.of("problem", "evaluation");

  private final ErrorReporter errors;
  private final RuleInstances instances = new RuleInstances();
  private final Deque<AlertTransition> history = new ArrayDeque<>(0);
  private final RuleCounts counts = new RuleCounts();
  private RuleInstance unable = new RuleInstance(UNABLE);
  private BoundRule rule;
  private RuleTiming timing;
  private RuleTiming unableTiming;
  private boolean bound;
  private @Nullable String problem;

  RuleState(BoundRule rule, ErrorReporter errors) {
    this.rule = rule;
    timing = rule.timing();
    unableTiming = unableTiming(rule);
    this.errors = errors;
  }

  /** Goes on with another form of the rule whose condition is the same. */
  void replace(BoundRule next) {
    rule.close();
    rule = next;
    timing = next.timing();
    unableTiming = unableTiming(next);
    bound = false;
  }

  private static RuleTiming unableTiming(BoundRule rule) {
    return new RuleTiming(rule.timing().duration(), 0, MissingPolicy.INACTIVE, false, 0);
  }

  /** Selects the meters, so that the next snapshot has them. */
  void prepare() {
    try {
      rule.condition().refresh();
      BoundCondition recover = rule.recover();
      if (recover != null) {
        recover.refresh();
      }
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError failure) {
      // The evaluation meets it again, and says so.
    }
  }

  /** One evaluation; after a gap it binds anew and changes nothing. */
  void evaluate(Tick tick, Changes changes) {
    int before = changes.size();
    String failure = null;
    boolean missing = false;
    try {
      failure = bind();
      if (failure == null && !tick.afterGap()) {
        missing = instances.step(rule, timing, tick, changes);
      }
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError thrown) {
      failure = "its condition failed with " + thrown.getClass().getName();
      if (!failure.equals(problem)) {
        errors.report("evaluating alert rule " + rule.name(), thrown);
      }
    }
    if (tick.afterGap()) {
      return;
    }
    if (failure != null) {
      instances.freeze(tick.step());
    } else if (missing && timing.missing() == MissingPolicy.ERROR) {
      failure = "meters that its condition needs are missing";
    }
    judge(failure, tick, changes);
    note(before, changes);
  }

  private @Nullable String bind() {
    BoundCondition condition = rule.condition();
    BoundCondition recover = rule.recover();
    boolean changed = condition.refresh();
    changed |= recover != null && recover.refresh();
    if (changed || !bound) {
      instances.gather(condition, recover);
      // A counter's window is the rule's duration already.
      timing = condition.countsOverDuration() ? rule.timing().atOnce() : rule.timing();
      bound = true;
    }
    String broken = condition.problem();
    if (broken == null && recover != null) {
      broken = recover.problem();
    }
    return broken != null ? broken : tooMany(condition);
  }

  private @Nullable String tooMany(BoundCondition condition) {
    int active = instances.active(condition);
    return active <= RuleInstances.MOST_ACTIVE
        ? null
        : "it holds for "
            + active
            + " sets of labels, and at most "
            + RuleInstances.MOST_ACTIVE
            + " may be told of; aggregate them, for example with sum by (tag)(..)";
  }

  private void judge(@Nullable String failure, Tick tick, Changes changes) {
    boolean turned = (failure == null) != (problem == null);
    problem = failure;
    AlertState from = unable.state().state();
    if (failure != null) {
      unable.problem(failure);
    }
    if (failure != null || from != AlertState.INACTIVE) {
      Truth truth = failure != null ? Truth.TRUE : Truth.FALSE;
      if (unable.state().step(truth, Truth.TRUE, tick, unableTiming)) {
        changes.add(rule, unable, from, tick.wallMillis());
      }
    }
    if (turned) {
      counts.set(this);
    }
  }

  private void note(int before, Changes changes) {
    if (changes.size() == before) {
      return;
    }
    for (AlertTransition change : changes.made().subList(before, changes.size())) {
      if (history.size() == HISTORY) {
        history.removeFirst();
      }
      history.addLast(change);
    }
    counts.set(this);
  }

  BoundRule rule() {
    return rule;
  }

  /** What keeps it from being evaluated, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** How many instances there are in which state. */
  RuleCounts counts() {
    return counts;
  }

  /** The last changes, oldest first. */
  List<AlertTransition> history() {
    return List.copyOf(history);
  }

  /** An instance to take over a saved state. */
  RuleInstance adopt(Map<String, String> labels) {
    return labels.equals(UNABLE) ? unable : instances.adopt(labels);
  }

  /** Begins anew. */
  void forget() {
    instances.clear();
    unable = new RuleInstance(UNABLE);
    problem = null;
    bound = false;
    counts.set(this);
  }

  /** Counts anew, after states were taken over. */
  void recount() {
    counts.set(this);
  }

  /** Shows every instance, and the one that stands for the rule's own trouble. */
  void forEach(Consumer<RuleInstance> visitor) {
    instances.all().forEach(visitor);
    visitor.accept(unable);
  }

  /** The alerts for which an incident is open. */
  List<RuleInstance> open() {
    List<RuleInstance> open = new ArrayList<>();
    forEach(
        instance -> {
          if (instance.state().fired()) {
            open.add(instance);
          }
        });
    return open;
  }

  /** Where the rule stands as a whole: in error, or as the most urgent of its instances. */
  AlertState shown() {
    if (problem != null) {
      return AlertState.ERROR;
    }
    AlertState worst = instances.all().isEmpty() ? AlertState.NO_DATA : AlertState.INACTIVE;
    int rank = -1;
    for (RuleInstance instance : instances.all()) {
      AlertState state = instance.state().shown(timing);
      int of = rank(state);
      if (of > rank) {
        rank = of;
        worst = state;
      }
    }
    return worst;
  }

  private static int rank(AlertState state) {
    return switch (state) {
      case ERROR -> 6;
      case FIRING -> 5;
      case RECOVERING -> 4;
      case PENDING -> 3;
      case RESOLVED -> 2;
      case INACTIVE -> 1;
      case NO_DATA -> 0;
    };
  }
}
