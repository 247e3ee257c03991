package dev.vigil.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A check as the application handed it in: one of the two kinds, and its options to be. */
record Registration(
    String name,
    @Nullable HealthCheck sync,
    @Nullable AsyncHealthCheck async,
    Consumer<CheckOptions> options) {

  Registration {
    CheckOptions.requireName(name);
    Objects.requireNonNull(options, "options");
  }

  static void requireNew(String name, Set<String> taken) {
    if (name.equals(Lifecycle.NAME)) {
      throw new IllegalArgumentException("check \"" + name + "\" is built in; choose another name");
    }
    if (taken.contains(name)) {
      throw new IllegalArgumentException(
          "check \"" + name + "\" is already registered; names must be unique");
    }
  }

  /** The slot of a check whose parents are among {@code known}. */
  CheckSlot slot(Map<String, CheckSlot> known, Duration defaultTimeout, Engine engine) {
    return slot(policy(defaultTimeout), known, engine);
  }

  private CheckPolicy policy(Duration defaultTimeout) {
    CheckOptions chosen = new CheckOptions();
    options.accept(chosen);
    if (sync != null) {
      sync.interval().ifPresent(chosen::everyUnlessSaid);
    }
    return chosen.freeze(name, defaultTimeout);
  }

  private CheckSlot slot(CheckPolicy policy, Map<String, CheckSlot> known, Engine engine) {
    CheckSlot[] parents = new CheckSlot[policy.parents().size()];
    for (int i = 0; i < parents.length; i++) {
      String parent = policy.parents().get(i);
      CheckSlot slot = known.get(parent);
      if (slot == null) {
        throw unknownParent(parent, known.keySet());
      }
      parents[i] = slot;
    }
    return new CheckSlot(policy, sync, async, parents, engine);
  }

  private IllegalArgumentException unknownParent(String parent, Set<String> known) {
    return new IllegalArgumentException(
        "check \""
            + name
            + "\" depends on \""
            + parent
            + "\", which is not registered; registered are "
            + known);
  }

  /** The slots of all, in the order of registration; a check may depend on one that comes later. */
  static Map<String, CheckSlot> slots(
      Map<String, Registration> registrations, Duration defaultTimeout, Engine engine) {
    Map<String, CheckPolicy> policies = new LinkedHashMap<>();
    registrations.forEach((name, it) -> policies.put(name, it.policy(defaultTimeout)));
    Map<String, CheckSlot> made = new LinkedHashMap<>();
    registrations
        .keySet()
        .forEach(name -> make(name, registrations, policies, made, new LinkedHashSet<>(), engine));
    Map<String, CheckSlot> ordered = new LinkedHashMap<>();
    registrations
        .keySet()
        .forEach(name -> ordered.put(name, Objects.requireNonNull(made.get(name))));
    return ordered;
  }

  private static void make(
      String name,
      Map<String, Registration> registrations,
      Map<String, CheckPolicy> policies,
      Map<String, CheckSlot> made,
      Set<String> path,
      Engine engine) {
    if (made.containsKey(name)) {
      return;
    }
    if (!path.add(name)) {
      throw new IllegalArgumentException(
          "checks depend on each other in a circle: " + String.join(" -> ", path) + " -> " + name);
    }
    Registration registration = Objects.requireNonNull(registrations.get(name));
    CheckPolicy policy = Objects.requireNonNull(policies.get(name));
    for (String parent : policy.parents()) {
      if (!registrations.containsKey(parent)) {
        throw registration.unknownParent(parent, registrations.keySet());
      }
      make(parent, registrations, policies, made, path, engine);
    }
    path.remove(name);
    made.put(name, registration.slot(policy, made, engine));
  }
}
