package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which meters are recorded for whom: those that some selection takes. The evaluator's alone. */
final class Roster {

  /** Meters that come and go for ever, with ever new tags, are not to fill the memory. */
  private static final int MOST_DEPARTED = 1000;

  /** All that concerns the meters of one name. */
  private static final class Group {

    private final List<Selection> selections = new ArrayList<>();
    private final Map<Meter.Id, Series> live = new HashMap<>();
  }

  private record Departed(Series series, int snapshot) {}

  private static final Series[] NOBODY = {};

  private final Source source;
  private final Arrivals arrivals;
  private final Snapshots snapshots;
  private final GuardedReads reads;
  private final Problems problems;
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<Meter.Id, Departed> departed = new LinkedHashMap<>();
  private final Set<String> touched = new HashSet<>();
  private Series[] all = NOBODY;
  private long generation;

  Roster(
      Source source,
      Arrivals arrivals,
      Snapshots snapshots,
      GuardedReads reads,
      Problems problems) {
    this.source = source;
    this.arrivals = arrivals;
    this.snapshots = snapshots;
    this.reads = reads;
    this.problems = problems;
  }

  /** Changes whenever a selection has gained or lost a series. */
  long generation() {
    return generation;
  }

  /** Everything that is recorded, in no order. */
  Series[] all() {
    return all;
  }

  Selection add(String name, Collection<TagMatcher> matchers) {
    follow(); // so that what has come since the last snapshot is known to be new to the others
    Selection selection =
        new Selection(name, List.copyOf(matchers), this, snapshots.timeline().newest());
    groups.computeIfAbsent(name, it -> new Group()).selections.add(selection);
    arrivals.want(name);
    look(name);
    touched.add(name);
    settle();
    return selection;
  }

  void remove(Selection selection) {
    Group group = groups.get(selection.name());
    if (group == null || !group.selections.remove(selection)) {
      return;
    }
    selection.set(List.of());
    List.copyOf(group.live.values()).stream()
        .filter(series -> takers(group, series.meter()).isEmpty())
        .forEach(series -> drop(group, series));
    if (group.selections.isEmpty()) {
      groups.remove(selection.name());
      arrivals.wantNoMore(selection.name());
    }
    touched.add(selection.name());
    settle();
  }

  /** Takes note of the meters that have come and gone. */
  void follow() {
    if (arrivals.hasLost()) {
      groups.keySet().forEach(this::look);
    }
    for (Arrivals.Event event = arrivals.next(); event != null; event = arrivals.next()) {
      Group group = groups.get(event.meter().getId().getName());
      if (group == null) {
        continue;
      }
      if (event.added()) {
        added(group, event.meter(), true);
      } else {
        removed(group, event.meter());
      }
    }
    forget();
    settle();
  }

  /** Compares with the registry itself. */
  private void look(String name) {
    Group group = groups.get(name);
    if (group == null) {
      return;
    }
    Collection<Meter> present = Arrivals.named(name, source.registry());
    Set<Meter> identities = Set.copyOf(present);
    List.copyOf(group.live.values()).stream()
        .map(Series::meter)
        .filter(meter -> !identities.contains(meter))
        .forEach(meter -> removed(group, meter));
    present.forEach(meter -> added(group, meter, false));
  }

  private void added(Group group, Meter meter, boolean born) {
    List<Selection> takers = takers(group, meter);
    if (takers.isEmpty()) {
      return;
    }
    if (Source.isStep(meter)) {
      problems.tell(
          "meter " + MeterText.of(meter.getId()),
          "missing, since it shows the last step only",
          "add the registry to a CompositeMeterRegistry, have the application use that, and pass it"
              + " to MeterWindows.on");
      return;
    }
    Series known = group.live.get(meter.getId());
    if (known != null && known.meter() == meter) {
      return;
    }
    if (known != null) {
      removed(group, known.meter());
    }
    Series series = returned(meter);
    if (series == null) {
      int since = takers.stream().mapToInt(Selection::since).min().orElse(-1);
      series = new Series(meter, snapshots, born ? since : -1);
    }
    group.live.put(meter.getId(), series);
    if (series.foreign() != null) {
      reads.add(series.foreign());
    }
    touched.add(meter.getId().getName());
  }

  private @Nullable Series returned(Meter meter) {
    Departed before = departed.remove(meter.getId());
    if (before == null || !before.series.accepts(meter)) {
      return null;
    }
    before.series.resume(meter);
    return before.series;
  }

  private void removed(Group group, Meter meter) {
    Series series = group.live.get(meter.getId());
    if (series == null || series.meter() != meter) {
      return;
    }
    drop(group, series);
    departed.put(meter.getId(), new Departed(series, snapshots.number()));
  }

  private void drop(Group group, Series series) {
    group.live.remove(series.meter().getId());
    if (series.foreign() != null) {
      reads.remove(series.foreign());
    }
    series.end();
    problems.forget("meter " + series);
    touched.add(series.name());
  }

  /** Those that have been gone for as long as any window reaches are of no more use. */
  private void forget() {
    Iterator<Departed> eldest = departed.values().iterator();
    while (eldest.hasNext()) {
      Departed gone = eldest.next();
      if (departed.size() <= MOST_DEPARTED
          && snapshots.number() - gone.snapshot < snapshots.mostSlots()) {
        return;
      }
      eldest.remove();
    }
  }

  private static List<Selection> takers(Group group, Meter meter) {
    return group.selections.stream().filter(it -> it.takes(meter.getId())).toList();
  }

  private void settle() {
    if (touched.isEmpty()) {
      return;
    }
    for (String name : touched) {
      Group group = groups.get(name);
      if (group != null) {
        for (Selection selection : group.selections) {
          selection.set(
              group.live.values().stream()
                  .filter(it -> selection.takes(it.meter().getId()))
                  .toList());
        }
      }
    }
    touched.clear();
    all =
        groups.values().stream()
            .flatMap(group -> group.live.values().stream())
            .toArray(Series[]::new);
    generation++;
  }
}
