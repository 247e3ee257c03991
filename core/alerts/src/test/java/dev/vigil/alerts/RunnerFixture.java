package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Redactor;
import dev.vigil.testing.FakeTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A runner on fake conditions, evaluated once a minute. */
final class RunnerFixture {

  static final Duration MINUTE = Duration.ofMinutes(1);

  final FakeTime time;
  final MeterRegistry registry = new SimpleMeterRegistry();
  final FakeSink sink;
  final List<AlertListener> listeners = new ArrayList<>();
  final List<String> errors = new CopyOnWriteArrayList<>();
  Redactor redactor = Redactor.standard();
  Runnable snapshot = () -> {};
  @Nullable Path stateFile;
  @Nullable Watchdog watchdog;
  boolean resolveOnShutdown;

  RunnerFixture() {
    this(new FakeTime(), new FakeSink());
  }

  /** After a restart: time goes on, and the receivers know what they were told. */
  RunnerFixture(FakeTime time, FakeSink sink) {
    this.time = time;
    this.sink = sink;
  }

  RuleRunner runner(Rules... rules) {
    ErrorReporter reporter = (doing, failure) -> errors.add(doing + ": " + failure.getMessage());
    EngineParts parts =
        new EngineParts(
            MINUTE,
            snapshot,
            registry,
            listeners,
            new Silences(),
            sink,
            Set.of("pager"),
            redactor,
            reporter,
            stateFile,
            watchdog,
            resolveOnShutdown);
    return new RuleRunner(parts, new EngineClock(time, time), bound(rules));
  }

  static List<BoundRule> bound(Rules... rules) {
    return List.of(rules).stream().map(Rules::bound).toList();
  }

  /** Evaluates and moves on by a minute; answers "rule from>to {labels}" of what changed. */
  List<String> evaluate(RuleRunner runner) {
    Instant now = time.instant();
    List<String> changes = new ArrayList<>();
    for (AlertTransition each : runner.evaluate(now)) {
      String labels = each.alert().labels().isEmpty() ? "" : " " + each.alert().labels();
      changes.add(each.alert().rule() + " " + each.from() + ">" + each.to() + labels);
    }
    time.advance(MINUTE);
    return changes;
  }

  List<String> evaluate(RuleRunner runner, int times) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      changes.addAll(evaluate(runner));
    }
    return changes;
  }

  static AlertsView.Rule only(RuleRunner runner) {
    return runner.view().rules().get(0);
  }
}
