package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Decides when the state file is written, and what is in it. Writing is another thread's work,
 * since a disk may take its time.
 */
final class StateKeeper implements AutoCloseable {

  /** Firing ones first; beyond this, what is pending begins anew after a restart. */
  static final int MOST_INSTANCES = 20_000;

  private static final long SHORTEST_PAUSE = Duration.ofSeconds(10).toNanos();

  private final StateFile file;
  private final Silences silences;
  private final AlertSink sink;
  private final ErrorReporter errors;
  private final SerialWorker writer;
  private boolean written;
  private long writtenAt;
  private long sinkVersion;
  private long silencesVersion;
  private boolean activeWritten;
  private volatile boolean failing;

  StateKeeper(StateFile file, Silences silences, AlertSink sink, ErrorReporter errors) {
    this.file = file;
    this.silences = silences;
    this.sink = sink;
    this.errors = errors;
    // One waits at most: a newer state replaces it.
    writer =
        new SerialWorker(
            "alerts-state", "writing the state file", 1, Duration.ofSeconds(2), errors);
  }

  /**
   * After an evaluation: writes where something changed or a clock runs that would be lost, not
   * more often than every ten seconds.
   */
  void afterEvaluation(Collection<RuleState> rules, Tick tick, boolean changed) {
    boolean active = anyActive(rules);
    boolean due =
        changed
            || active
            || activeWritten
            || sink.version() != sinkVersion
            || silences.version() != silencesVersion;
    if (due && (!written || tick.raw() - writtenAt >= SHORTEST_PAUSE)) {
      activeWritten = active;
      writtenAt = tick.raw();
      written = true;
      SavedState state = state(rules, tick);
      writer.submit(() -> write(state));
    }
  }

  private static boolean anyActive(Collection<RuleState> rules) {
    for (RuleState rule : rules) {
      if (rule.counts().pending() + rule.counts().firing() > 0) {
        return true;
      }
    }
    return false;
  }

  private SavedState state(Collection<RuleState> rules, Tick tick) {
    sinkVersion = sink.version();
    silencesVersion = silences.version(); // before they are read: a later one counts as news
    List<SavedState.Instance> instances = new ArrayList<>();
    for (RuleState rule : rules) {
      if (rule.counts().pending() + rule.counts().firing() > 0) {
        rule.forEach(
            instance -> {
              if (instance.state().active()) {
                instances.add(saved(rule.rule(), instance, tick));
              }
            });
      }
    }
    instances.sort(Comparator.comparing(each -> each.state() == AlertState.PENDING));
    return new SavedState(
        Instant.ofEpochMilli(tick.wallMillis()),
        instances.subList(0, Math.min(instances.size(), MOST_INSTANCES)),
        silences.all(),
        sink.delivered());
  }

  private static SavedState.Instance saved(BoundRule rule, RuleInstance instance, Tick tick) {
    InstanceState state = instance.state();
    return new SavedState.Instance(
        rule.name(),
        rule.severity(),
        fingerprint(rule),
        instance.labels(),
        state.state(),
        state.activeFor(tick),
        state.recoveringFor(tick),
        state.activeAt(),
        state.firedAt(),
        instance.lastTrueValue());
  }

  /** Of the condition's text, so that the file does not hold it. */
  static String fingerprint(BoundRule rule) {
    return UUID.nameUUIDFromBytes(rule.identity().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void write(SavedState state) {
    try {
      file.write(state);
      failing = false;
    } catch (IOException failure) {
      if (!failing) {
        errors.report("writing the state file", failure);
      }
      failing = true;
    }
  }

  /** What there was before this start. */
  SavedState read() {
    return file.read();
  }

  /** Writes a last time, waiting for it, with what the channels have heard by now. */
  void close(Collection<RuleState> rules, Tick tick) {
    writer.close();
    if (tick.started()) {
      write(state(rules, tick));
    }
    file.close();
  }

  @Override
  public void close() {
    writer.close();
    file.close();
  }
}
