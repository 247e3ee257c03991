package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules, evaluated one after the other. No thread of its own; used by whoever holds the
 * engine's lock.
 */
final class Evaluator {

  private record Adopted(RuleState rule, RuleInstance instance) {}

  private final Tick tick;
  private final Ticker ticker;
  private final Runnable snapshot;
  private final Silences silences;
  private final Announcer announcer;
  private final RuleGauges gauges;
  private final ErrorReporter errors;
  private final Changes changes;
  private final SlowRules slowRules = new SlowRules();
  private final Map<String, RuleState> rules = new LinkedHashMap<>();

  /** Fired before a restart: whoever was not told then is told when it is seen to fire still. */
  private final List<Adopted> adopted = new ArrayList<>();

  /** Of the values above, so that a quiet evaluation makes no iterator. */
  private List<RuleState> inOrder = List.of();

  Evaluator(
      Tick tick,
      Ticker ticker,
      Runnable snapshot,
      Silences silences,
      Announcer announcer,
      RuleGauges gauges,
      Redactor redactor,
      ErrorReporter errors) {
    this.tick = tick;
    this.ticker = ticker;
    this.snapshot = snapshot;
    this.silences = silences;
    this.announcer = announcer;
    this.gauges = gauges;
    this.errors = errors;
    changes = new Changes(redactor);
  }

  /**
   * Goes on with another set of rules. What has the name and the condition of a rule before keeps
   * its states; what was firing and is no more, or means something else now, is told as over.
   */
  void replaceRules(List<BoundRule> next, long wallMillis) {
    Map<String, RuleState> before = new LinkedHashMap<>(rules);
    rules.clear();
    for (BoundRule rule : next) {
      RuleState known = before.get(rule.name());
      if (known != null && known.rule().continues(rule)) {
        before.remove(rule.name());
        known.replace(rule);
        rules.put(rule.name(), known);
      } else {
        rules.put(rule.name(), new RuleState(rule, errors));
      }
    }
    for (RuleState over : before.values()) {
      gauges.remove(over);
      announcer.over(over, changes, wallMillis);
      over.rule().close();
    }
    for (RuleState rule : rules.values()) {
      gauges.add(rule);
      rule.prepare();
    }
    inOrder = new ArrayList<>(rules.values());
  }

  /**
   * One evaluation of all rules.
   *
   * @return what changed, in the order of the rules
   */
  List<AlertTransition> evaluate(long rawNanos, long wallMillis) {
    tick.advance(rawNanos, wallMillis);
    changes.clear();
    snapshot.run();
    long before = ticker.read();
    for (int i = 0; i < inOrder.size(); i++) {
      RuleState rule = inOrder.get(i);
      int from = changes.size();
      rule.evaluate(tick, changes);
      if (changes.size() > from) {
        announcer.announce(rule.rule(), changes.made().subList(from, changes.size()));
      }
      long after = ticker.read();
      slowRules.took(rule.rule().name(), after - before, after);
      before = after;
    }
    List<Silence> ended = silences.takeEnded(rawNanos);
    if (!ended.isEmpty()) {
      announcer.afterSilences(ended, inOrder, changes);
    }
    if (!adopted.isEmpty()) {
      adopted.removeIf(each -> announcer.confirmed(each.rule(), each.instance(), changes));
    }
    return changes.size() == 0 ? List.of() : List.copyOf(changes.made());
  }

  /** Takes over the state of one instance from before a restart. */
  void adopt(RuleState rule, SavedState.Instance saved) {
    RuleInstance instance = rule.adopt(saved.labels());
    instance.lastTrueValue(saved.value());
    instance
        .state()
        .adopt(
            saved.state(),
            saved.activeFor(),
            saved.recoveringFor(),
            saved.activeAt(),
            saved.firedAt(),
            tick);
    rule.recount();
    if (instance.state().fired()) {
      adopted.add(new Adopted(rule, instance));
    }
  }

  /** Tells all channels that what fires is over, since nobody will watch any more. */
  void resolveAll(long wallMillis) {
    for (RuleState rule : inOrder) {
      announcer.over(rule, changes, wallMillis);
      rule.forget();
    }
  }

  Collection<RuleState> rules() {
    return inOrder;
  }

  Map<String, RuleState> byName() {
    return rules;
  }

  Tick tick() {
    return tick;
  }

  Changes changes() {
    return changes;
  }
}
