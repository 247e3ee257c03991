package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The series of one name whose tags match. Follows meters as they come and go: at each snapshot,
 * and only there, so that it stays the same in between.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Selection implements AutoCloseable {

  private static final Comparator<Series> BY_LABELS =
      Comparator.comparing(it -> it.labels().toString());

  private final String name;
  private final List<TagMatcher> matchers;
  private final Roster roster;
  private final int since;
  private List<Series> series = List.of();

  Selection(String name, List<TagMatcher> matchers, Roster roster, int since) {
    this.name = name;
    this.matchers = List.copyOf(matchers);
    this.roster = roster;
    this.since = since;
  }

  /** The meters' name. */
  public String name() {
    return name;
  }

  /** What the tags have to match, all of it. */
  public List<TagMatcher> matchers() {
    return matchers;
  }

  /**
   * The series that exist as of the last snapshot, in the order of their labels; immutable. The
   * same list until {@link MeterWindows#generation} changes.
   */
  public List<Series> series() {
    return series;
  }

  /** Lets go of the series: what no other selection holds is no longer recorded. Idempotent. */
  @Override
  public void close() {
    roster.remove(this);
  }

  /** The slot since when it looks out for meters. */
  int since() {
    return since;
  }

  boolean takes(Meter.Id id) {
    for (TagMatcher matcher : matchers) {
      String value = id.getTag(matcher.tag());
      if (!matcher.takes(value == null ? "" : value)) {
        return false;
      }
    }
    return true;
  }

  void set(List<Series> current) {
    List<Series> sorted = new ArrayList<>(current);
    sorted.sort(BY_LABELS);
    series = List.copyOf(sorted);
  }

  /** As in a rule, for example {@code http.server.requests{outcome="SERVER_ERROR"}}. */
  @Override
  public String toString() {
    if (matchers.isEmpty()) {
      return name;
    }
    StringBuilder text = new StringBuilder(name).append('{');
    for (int i = 0; i < matchers.size(); i++) {
      text.append(i == 0 ? "" : ",").append(matchers.get(i));
    }
    return text.append('}').toString();
  }
}
