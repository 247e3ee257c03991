package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.metrics.windows.MeterWindows;
import dev.vigil.metrics.windows.Selection;
import dev.vigil.metrics.windows.Series;
import dev.vigil.metrics.windows.TagMatcher;
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

  Selections(MeterWindows windows) {
    this.windows = windows;
  }

  List<Series> series(String name, List<Expr.Matcher> matchers) {
    Key key = new Key(name, matchers.stream().map(Selections::matcher).toList());
    List<Series> series =
        made.computeIfAbsent(key, any -> windows.select(name, key.matchers())).series();
    seen.put(key, series);
    return series;
  }

  /** Whether any selection has other series than when they were last asked for. */
  boolean changed() {
    for (Map.Entry<Key, Selection> entry : made.entrySet()) {
      if (!entry.getValue().series().equals(seen.get(entry.getKey()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * A meter that cannot be read now, for people, or null. Allocates nothing where there is none.
   */
  @Nullable String blocked() {
    for (List<Series> series : seen.values()) {
      for (int i = 0; i < series.size(); i++) {
        if (series.get(i).blocked()) {
          return "meter "
              + series.get(i).name()
              + series.get(i).labels()
              + " does not answer; its function has not returned for an evaluation interval";
        }
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
    seen.clear();
  }
}
