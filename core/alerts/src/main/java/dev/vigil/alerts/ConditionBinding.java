package dev.vigil.alerts;

import dev.vigil.alerts.internal.bind.BindFault;
import dev.vigil.alerts.internal.bind.Binding;
import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.metrics.windows.MeterWindows;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A condition over the windows of one registry. */
final class ConditionBinding implements BoundCondition, AutoCloseable {

  private final Binding binding;
  private @Nullable String fault;

  private ConditionBinding(Binding binding) {
    this.binding = binding;
  }

  /**
   * Binds at the first refresh.
   *
   * @param duration the rule's {@code for}: the window of a bare counter
   * @throws ConditionException if its definitions go in a circle
   */
  static ConditionBinding of(
      Condition condition, Definitions definitions, MeterWindows windows, Duration duration) {
    return of(condition, definitions, windows, duration, uptime());
  }

  static ConditionBinding of(
      Condition condition,
      Definitions definitions,
      MeterWindows windows,
      Duration duration,
      DoubleSupplier uptime) {
    Expr tree = definitions.resolve(condition);
    return new ConditionBinding(new Binding(tree, windows, duration, uptime));
  }

  private static DoubleSupplier uptime() {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    return () -> runtime.getUptime() / 1e3;
  }

  @Override
  public boolean refresh() {
    boolean changed = binding.refresh();
    if (changed) {
      BindFault found = binding.fault();
      fault = found == null ? null : said(found);
    }
    return changed;
  }

  private static String said(BindFault fault) {
    String reason = String.valueOf(fault.getMessage());
    return fault.hint() == null ? reason : reason + "; " + fault.hint();
  }

  @Override
  public int size() {
    return binding.size();
  }

  @Override
  public Map<String, String> labels(int i) {
    return binding.labels(i);
  }

  @Override
  public Truth truth(int i) {
    double answer = binding.answer(i);
    return answer == 1 ? Truth.TRUE : answer == 0 ? Truth.FALSE : Truth.MISSING;
  }

  @Override
  public double value(int i) {
    return binding.shown(i);
  }

  @Override
  public @Nullable String problem() {
    return fault != null ? fault : binding.blocked();
  }

  @Override
  public boolean countsOverDuration() {
    return binding.countsOverDuration();
  }

  @Override
  public void close() {
    binding.close();
  }
}
