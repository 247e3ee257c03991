package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.metrics.windows.MeterWindows;
import dev.vigil.metrics.windows.Selection;
import dev.vigil.metrics.windows.Series;
import dev.vigil.metrics.windows.TagMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The selections that one condition reads: each made once, and held until it is closed. */
final class Selections implements AutoCloseable {

  private record Key(String name, List<TagMatcher> matchers) {}

  private final MeterWindows windows;
  private final Map<Key, Selection> made = new LinkedHashMap<>();
  private final Map<Key, List<Series>> seen = new LinkedHashMap<>();

  /** All of them in one list, which is walked at each evaluation. */
  private final List<Series> reading = new ArrayList<>();

  Selections(MeterWindows windows) {
    this.windows = windows;
  }

  /** Forgets what was asked for, before all of it is asked for anew. */
  void begin() {
    seen.clear();
    reading.clear();
  }

  List<Series> series(String name, List<Expr.Matcher> matchers) {
    Key key = new Key(name, matchers.stream().map(Selections::matcher).toList());
    List<Series> series = selection(key).series();
    if (seen.put(key, series) == null) {
      reading.addAll(series);
    }
    return series;
  }

  /** Whether any selection has other series than when they were last asked for. */
  boolean changed() {
    return seen.entrySet().stream()
        .anyMatch(entry -> !selection(entry.getKey()).series().equals(entry.getValue()));
  }

  private Selection selection(Key key) {
    return made.computeIfAbsent(key, any -> windows.select(key.name(), key.matchers()));
  }

  /**
   * A meter that cannot be read now, for people, or null. Allocates nothing where there is none.
   */
  @Nullable String blocked() {
    for (int i = 0; i < reading.size(); i++) {
      Series series = reading.get(i);
      if (series.blocked()) {
        return "meter "
            + series.name()
            + series.labels()
            + " does not answer; its function has not returned for an evaluation interval";
      }
    }
    return null;
  }

  private static TagMatcher matcher(Expr.Matcher matcher) {
    return switch (matcher.match()) {
      case EQUAL -> TagMatcher.equal(matcher.tag(), matcher.value());
      case NOT_EQUAL -> TagMatcher.notEqual(matcher.tag(), matcher.value());
      case LIKE -> TagMatcher.matches(matcher.tag(), matcher.value());
      case UNLIKE -> TagMatcher.matchesNot(matcher.tag(), matcher.value());
    };
  }

  @Override
  public void close() {
    made.values().forEach(Selection::close);
    made.clear();
    begin();
  }
}
