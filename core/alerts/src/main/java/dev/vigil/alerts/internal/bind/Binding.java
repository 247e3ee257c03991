package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.metrics.windows.MeterWindows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A condition over the meters that exist: one tree of evaluators for each label set.
 *
 * <p>{@link #refresh} asks for one number where no meter came or went; nothing here allocates then.
 * For the evaluator's thread alone.
 */
public final class Binding implements AutoCloseable {

  private final Expr tree;
  private final MeterWindows windows;
  private final Duration duration;
  private final DoubleSupplier uptime;
  private final Selections selections;
  private final Map<String, Integer> chosen = new HashMap<>();
  private List<Map<String, String>> labels = List.of();
  private List<Node> nodes = List.of();
  private @Nullable BindFault fault;
  private boolean countsOverDuration;
  private boolean bound;
  private long generation;

  /**
   * Binds at the first {@link #refresh}.
   *
   * @param tree the condition, with its definitions in place
   * @param duration the rule's, which is a bare counter's window
   * @param uptime seconds since the JVM's start
   */
  public Binding(Expr tree, MeterWindows windows, Duration duration, DoubleSupplier uptime) {
    this.tree = tree;
    this.windows = windows;
    this.duration = duration;
    this.uptime = uptime;
    this.selections = new Selections(windows);
  }

  /** Binds anew where meters that the condition reads came or went; returns whether it did. */
  public boolean refresh() {
    long now = windows.generation();
    if (bound && now == generation) {
      return false;
    }
    generation = now;
    if (bound && !selections.changed()) {
      return false;
    }
    bind();
    bound = true;
    return true;
  }

  private void bind() {
    MeterBinder meters = new MeterBinder(selections, duration, windows.interval());
    labels = List.of();
    nodes = List.of();
    fault = null;
    try {
      Table table = new Binder(selections, meters, uptime::getAsDouble, chosen).bind(tree);
      labels = table.labels();
      nodes = table.nodes();
    } catch (BindFault found) {
      fault = found;
    }
    countsOverDuration = meters.countsOverDuration();
  }

  /** How many label sets there are; none where no meter of the condition exists. */
  public int size() {
    return nodes.size();
  }

  /** The labels of one. */
  public Map<String, String> labels(int i) {
    return labels.get(i);
  }

  /** 1 where the condition holds, 0 where it does not, NaN where what it needs is missing. */
  public double answer(int i) {
    return nodes.get(i).value();
  }

  /** What people are told. */
  public double shown(int i) {
    return nodes.get(i).shown();
  }

  /** Why the condition cannot be evaluated with these meters, or null. */
  public @Nullable BindFault fault() {
    return fault;
  }

  /** A meter that does not answer, or null. */
  public @Nullable String blocked() {
    return selections.blocked();
  }

  /** Whether a bare counter has taken the rule's duration for its window. */
  public boolean countsOverDuration() {
    return countsOverDuration;
  }

  @Override
  public void close() {
    selections.close();
  }
}
