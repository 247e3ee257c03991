package dev.vigil.alerts;

import dev.vigil.alerts.internal.bind.BindFault;
import dev.vigil.alerts.internal.bind.Binding;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Hints;
import dev.vigil.core.Finding;
import dev.vigil.core.internal.Quoted;
import dev.vigil.metrics.windows.MeterInfo;
import dev.vigil.metrics.windows.MeterKind;
import dev.vigil.metrics.windows.MeterWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a rule only where the meters are known.
 *
 * <p>Errors: definitions in a circle, a window that cannot be had, a function that is not known of
 * the meter's kind, units that do not go together, a meter that a filter denies. Warnings, since
 * meters appear late: no meter of that name, no such tag; in a strict audit errors as well. For
 * information: how a bare counter is read.
 *
 * <p>Reads the registry, so it is for the start, not for every evaluation. For the evaluator's
 * thread, or before it starts.
 */
final class RuleAudit {

  private final Definitions definitions;
  private final MeterWindows windows;
  private final boolean strict;
  private final Set<String> names;

  /**
   * @param strict whether a meter that is not there is an error
   */
  RuleAudit(Definitions definitions, MeterWindows windows, boolean strict) {
    this.definitions = definitions;
    this.windows = windows;
    this.strict = strict;
    this.names = windows.names();
  }

  /** All that was found of one rule, its condition first. */
  List<Finding> of(AlertRule rule) {
    List<Finding> findings = new ArrayList<>();
    audit(rule, "rule " + Quoted.of(rule.name()), rule.condition(), findings);
    rule.recover()
        .ifPresent(
            recover ->
                audit(rule, "rule " + Quoted.of(rule.name()) + ", recover", recover, findings));
    return findings;
  }

  private void audit(AlertRule rule, String where, Condition condition, List<Finding> findings) {
    Expr tree;
    try {
      tree = definitions.resolve(condition);
    } catch (ConditionException fault) {
      findings.add(
          finding(
              Finding.Severity.ERROR,
              where,
              fault.column(),
              fault.reason(),
              fault.hint().orElse("look at its definitions")));
      return;
    }
    Place place = new Place(where, condition.toString());
    for (MeterUse use : MeterUse.in(tree)) {
      window(use, place, findings);
      meter(rule, use, place, findings);
    }
    binding(rule, tree, place, findings);
  }

  private void window(MeterUse use, Place place, List<Finding> findings) {
    Duration window = use.window();
    if (window == null) {
      return;
    }
    try {
      windows.checkWindow(window, use.offset());
    } catch (IllegalArgumentException refused) {
      findings.add(
          place.finding(
              Finding.Severity.ERROR,
              use.meter().at(),
              String.valueOf(refused.getMessage()),
              "choose another window, or another interval"));
    }
  }

  private void meter(AlertRule rule, MeterUse use, Place place, List<Finding> findings) {
    Expr.Meter meter = use.meter();
    Optional<MeterInfo> info = windows.describe(meter.name());
    if (info.isEmpty()) {
      if (use.definition() == null) {
        findings.add(notFound(meter, place));
      } else if (last(use) && options(use.definition()).noneMatch(names::contains)) {
        findings.add(
            place.finding(
                missing(),
                use.definition().at(),
                use.definition().name() + " is built in, and none of its meters is there",
                "register one of "
                    + String.join(", ", options(use.definition()).toList())
                    + ", or define it yourself"));
      }
      return;
    }
    tags(meter, info.get(), place, findings);
    if (use.call() == null && info.get().kinds().contains(MeterKind.COUNTER)) {
      findings.add(remark(rule, meter, place));
    }
  }

  private Finding.Severity missing() {
    return strict ? Finding.Severity.ERROR : Finding.Severity.WARNING;
  }

  private Finding notFound(Expr.Meter meter, Place place) {
    if (windows.denied(meter.name())) {
      return place.finding(
          Finding.Severity.ERROR,
          meter.at(),
          "meter " + meter.name() + " is denied or renamed by a filter, and is never seen",
          "let the filter accept it, or write the name that it gives");
    }
    Set<String> known = new TreeSet<>(names);
    known.addAll(definitions.names());
    String near = Hints.nearest(meter.name(), known);
    return place.finding(
        missing(),
        meter.at(),
        "there is no meter " + meter.name(),
        near != null ? near : "it is missing until it is registered");
  }

  /** So that a definition is told of once. */
  private static boolean last(MeterUse use) {
    Expr.Definition definition = use.definition();
    if (definition == null) {
      return false;
    }
    List<MeterUse> uses = MeterUse.in(definition);
    return use.meter().equals(uses.get(uses.size() - 1).meter());
  }

  private static Stream<String> options(Expr.@Nullable Definition definition) {
    return definition == null
        ? Stream.of()
        : MeterUse.in(definition).stream().map(use -> use.meter().name()).distinct();
  }

  private void tags(Expr.Meter meter, MeterInfo info, Place place, List<Finding> findings) {
    for (Expr.Matcher matcher : meter.matchers()) {
      boolean needed = !matcher.matches("");
      if (needed && !info.tags().contains(matcher.tag())) {
        String near = Hints.nearest(matcher.tag(), info.tags());
        findings.add(
            place.finding(
                missing(),
                meter.at(),
                "no meter " + meter.name() + " has a tag " + matcher.tag(),
                near != null
                    ? near
                    : info.tags().isEmpty()
                        ? "they have no tags"
                        : "they have " + String.join(", ", info.tags())));
      }
    }
  }

  private static Finding remark(AlertRule rule, Expr.Meter meter, Place place) {
    boolean waits = !rule.duration().isZero();
    String window = waits ? rule.duration().toSeconds() + "s" : "1m";
    return place.finding(
        Finding.Severity.INFO,
        meter.at(),
        meter.name()
            + " is a counter, and is read as increase("
            + meter.name()
            + "["
            + window
            + "])"
            + (waits ? ", so the rule waits no further" : ""),
        "write increase(..), or rate(..), to say what you mean");
  }

  /** What only the series themselves show: kinds and units. */
  private void binding(AlertRule rule, Expr tree, Place place, List<Finding> findings) {
    try (Binding binding = new Binding(tree, windows, rule.duration(), () -> 0)) {
      binding.refresh();
      BindFault fault = binding.fault();
      boolean told = findings.stream().anyMatch(it -> it.severity() == Finding.Severity.ERROR);
      if (fault != null && !told) {
        String hint = fault.hint();
        findings.add(
            place.finding(
                Finding.Severity.ERROR,
                fault.at(),
                String.valueOf(fault.getMessage()),
                hint == null ? "change the condition" : hint));
      }
    }
  }

  private static Finding finding(
      Finding.Severity severity, String where, int column, String what, String fix) {
    return new Finding(severity, where + ", column " + column, what, fix);
  }

  /** A condition and how it is called; its faults' indices become columns. */
  private record Place(String where, String text) {
    Finding finding(Finding.Severity severity, int at, String what, String fix) {
      int column = 1 + text.codePointCount(0, Math.min(at, text.length()));
      return RuleAudit.finding(severity, where, column, what, fix);
    }
  }
}
