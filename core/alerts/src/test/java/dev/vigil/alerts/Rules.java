package dev.vigil.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules for tests, with what does not matter filled in. */
record Rules(
    String name,
    Severity severity,
    Duration duration,
    Duration keep,
    MissingPolicy missing,
    String expression,
    FakeCondition condition,
    @Nullable FakeCondition recover,
    Duration warmUp,
    Map<String, String> labels,
    BoundRule.Summary summary) {

  static Rules rule(String name, FakeCondition condition) {
    return new Rules(
        name,
        Severity.WARNING,
        Duration.ZERO,
        Duration.ZERO,
        MissingPolicy.INACTIVE,
        "x > 1",
        condition,
        null,
        Duration.ZERO,
        Map.of(),
        (labels, value) -> name + " is at " + value);
  }

  Rules lasting(Duration d) {
    return new Rules(
        name, severity, d, keep, missing, expression, condition, recover, warmUp, labels, summary);
  }

  Rules keeping(Duration d) {
    return new Rules(
        name,
        severity,
        duration,
        d,
        missing,
        expression,
        condition,
        recover,
        warmUp,
        labels,
        summary);
  }

  Rules missing(MissingPolicy policy) {
    return new Rules(
        name,
        severity,
        duration,
        keep,
        policy,
        expression,
        condition,
        recover,
        warmUp,
        labels,
        summary);
  }

  Rules expression(String text) {
    return new Rules(
        name, severity, duration, keep, missing, text, condition, recover, warmUp, labels, summary);
  }

  Rules recover(FakeCondition other) {
    return new Rules(
        name,
        severity,
        duration,
        keep,
        missing,
        expression,
        condition,
        other,
        warmUp,
        labels,
        summary);
  }

  Rules warmUp(Duration d) {
    return new Rules(
        name,
        severity,
        duration,
        keep,
        missing,
        expression,
        condition,
        recover,
        d,
        labels,
        summary);
  }

  Rules labelled(Map<String, String> own) {
    return new Rules(
        name,
        severity,
        duration,
        keep,
        missing,
        expression,
        condition,
        recover,
        warmUp,
        own,
        summary);
  }

  Rules summary(BoundRule.Summary text) {
    return new Rules(
        name,
        severity,
        duration,
        keep,
        missing,
        expression,
        condition,
        recover,
        warmUp,
        labels,
        text);
  }

  BoundRule bound() {
    return new BoundRule(
        name,
        severity,
        new RuleTiming(
            duration.toNanos(), keep.toNanos(), missing, recover != null, warmUp.toNanos()),
        expression,
        expression,
        condition,
        recover,
        List.of("pager"),
        labels,
        summary,
        null);
  }
}
