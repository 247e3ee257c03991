package dev.vigil.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All checks of a registry at one moment, with the views of them that callers ask. Immutable. */
final class Roster {

  private final Map<String, CheckSlot> slots;
  private final CheckSlot[] array;
  private final List<CheckSlot> startup;
  private final View whole;
  private final Map<HealthGroup, View> groups = new LinkedHashMap<>();
  private final Lifecycle lifecycle;
  private final RegistrySettings settings;
  private final Drills drills;

  Roster(
      Map<String, CheckSlot> slots, Lifecycle lifecycle, RegistrySettings settings, Drills drills) {
    this.slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    this.array = slots.values().toArray(new CheckSlot[0]);
    this.lifecycle = lifecycle;
    this.settings = settings;
    this.drills = drills;
    this.startup = those(slot -> slot.policy().in(HealthGroup.STARTUP));
    this.whole = view(null, List.copyOf(slots.values()), true);
    Set<HealthGroup> names = new LinkedHashSet<>();
    Collections.addAll(names, HealthGroup.LIVENESS, HealthGroup.READINESS, HealthGroup.STARTUP);
    slots.values().forEach(slot -> names.addAll(slot.policy().groups()));
    names.forEach(
        group -> groups.put(group, view(group, those(slot -> slot.policy().in(group)), true)));
  }

  private List<CheckSlot> those(Predicate<CheckSlot> wanted) {
    return slots.values().stream().filter(wanted).toList();
  }

  private View view(@Nullable HealthGroup group, List<CheckSlot> shown, boolean withLifecycle) {
    return new View(group, shown, startup, lifecycle, withLifecycle, settings, drills);
  }

  CheckSlot[] array() {
    return array;
  }

  Map<String, CheckSlot> slots() {
    return slots;
  }

  View whole() {
    return whole;
  }

  Set<HealthGroup> groups() {
    return Collections.unmodifiableSet(groups.keySet());
  }

  View group(HealthGroup group) {
    View view = groups.get(group);
    if (view == null) {
      throw new IllegalArgumentException(
          "no check is in group \"" + group.name() + "\"; known are " + names(groups.keySet()));
    }
    return view;
  }

  View query(HealthQuery query) {
    HealthGroup group = query.group().orElse(null);
    View all = group == null ? whole : group(group);
    if (!query.narrows()) {
      return all;
    }
    requireKnown(query.only());
    requireKnown(query.excluded());
    List<CheckSlot> shown =
        those(
            slot ->
                (group == null || slot.policy().in(group))
                    && (query.only().isEmpty() || query.only().contains(slot.policy().name()))
                    && !query.excluded().contains(slot.policy().name())
                    && (query.tags().isEmpty()
                        || !Collections.disjoint(query.tags(), slot.policy().tags())));
    return view(group, shown, query.only().isEmpty() && query.tags().isEmpty());
  }

  private void requireKnown(Collection<String> names) {
    for (String name : names) {
      slot(name);
    }
  }

  CheckSlot slot(String name) {
    CheckSlot slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          "no check has that name; registered are " + new ArrayList<>(slots.keySet()));
    }
    return slot;
  }

  private static List<String> names(Collection<HealthGroup> groups) {
    return groups.stream().map(HealthGroup::name).toList();
  }
}
