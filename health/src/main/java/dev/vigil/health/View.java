package dev.vigil.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some of a registry's checks, as they are asked together: the whole, a group, or a query's
 * selection. Keeps its last report for as long as that is true.
 */
final class View {

  private final @Nullable HealthGroup group;
  private final CheckSlot[] shown;
  private final CheckSlot[] startup;
  private final CheckSlot[][] levels;
  private final CheckSlot[][] levelsWhileStarting;
  private final Lifecycle lifecycle;
  private final boolean withLifecycle;
  private final RegistrySettings settings;
  private final Drills drills;
  private final long responseDeadline;

  private volatile @Nullable Known known;

  /** A report, and how long it can be handed out again. */
  private record Known(HealthReport report, long version, long validUntil) {}

  View(
      @Nullable HealthGroup group,
      List<CheckSlot> shown,
      List<CheckSlot> startup,
      Lifecycle lifecycle,
      boolean withLifecycle,
      RegistrySettings settings,
      Drills drills) {
    this.group = group;
    this.shown = shown.toArray(new CheckSlot[0]);
    this.startup = startup.toArray(new CheckSlot[0]);
    this.lifecycle = lifecycle;
    this.withLifecycle = withLifecycle;
    this.settings = settings;
    this.drills = drills;
    this.levels = levels(shown);
    this.levelsWhileStarting =
        HealthGroup.READINESS.equals(group) ? levels(union(shown, startup)) : levels;
    long longest = 0;
    for (CheckSlot slot : this.shown) {
      longest = Math.max(longest, slot.policy().timeout());
    }
    this.responseDeadline = settings.responseDeadline(group, longest);
  }

  private static List<CheckSlot> union(List<CheckSlot> some, List<CheckSlot> others) {
    Set<CheckSlot> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }

  /** These and what they depend on, by depth. */
  private static CheckSlot[][] levels(List<CheckSlot> slots) {
    Set<CheckSlot> all = new LinkedHashSet<>();
    slots.forEach(slot -> addWithParents(slot, all));
    List<List<CheckSlot>> byDepth = new ArrayList<>();
    for (CheckSlot slot : all) {
      while (byDepth.size() <= slot.depth()) {
        byDepth.add(new ArrayList<>());
      }
      byDepth.get(slot.depth()).add(slot);
    }
    return byDepth.stream()
        .map(level -> level.toArray(new CheckSlot[0]))
        .toArray(CheckSlot[][]::new);
  }

  private static void addWithParents(CheckSlot slot, Set<CheckSlot> all) {
    for (CheckSlot parent : slot.parents()) {
      addWithParents(parent, all);
    }
    all.add(slot);
  }

  /** Nanoseconds after which whoever asks is answered with what is known. */
  long responseDeadline() {
    return responseDeadline;
  }

  /** Whom to ask, level by level; nobody once the startup group is done. */
  CheckSlot[][] levels() {
    if (HealthGroup.STARTUP.equals(group)) {
      return lifecycle.isStarted(startup) ? new CheckSlot[0][] : levels;
    }
    return levels == levelsWhileStarting || lifecycle.isStarted(startup)
        ? levels
        : levelsWhileStarting;
  }

  /** The last report where it is still true. */
  @Nullable HealthReport known(Engine engine) {
    Known last = known;
    return last != null
            && last.version == engine.version()
            && engine.ticker.read() - last.validUntil < 0
        ? last.report
        : null;
  }

  /**
   * Puts the report together from what is known now.
   *
   * @param moment now
   * @param struck whether the response deadline has come before all results
   */
  HealthReport report(Engine engine, Moment moment, boolean struck) {
    long version =
        engine.version(); // before anything is read, so that a change in between is not missed
    String objection = withLifecycle ? lifecycle.objection(group, startup) : null;
    boolean done = HealthGroup.STARTUP.equals(group) && objection == null;
    boolean showLifecycle = withLifecycle && (objection != null || startMatters());
    long now = moment.tick();
    HealthStatus worst = objection == null ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY;
    CheckReport[] entries = new CheckReport[shown.length + (showLifecycle ? 1 : 0)];
    for (int i = 0; i < shown.length; i++) {
      CheckReport entry = entry(shown[i], now, struck);
      Drills.Drill drill = drills.of(entry.name(), group, now);
      entry = drill == null ? entry : entry.drilled(drill);
      entries[i] = entry;
      worst = done ? worst : worst.worst(entry.weight());
    }
    if (showLifecycle) {
      entries[shown.length] = lifecycle.report(objection);
    }
    HealthReport report =
        new HealthReport(
            worst,
            moment.millis(),
            now - settings.startTick(),
            Collections.unmodifiableList(Arrays.asList(entries)),
            group,
            settings.version(),
            objection);
    long validUntil = validUntil(now);
    if (!struck && validUntil - now > 0) {
      known = new Known(report, version, validUntil);
    }
    return report;
  }

  /** The tick at which one of the checks asked would have to be asked again. */
  private long validUntil(long now) {
    long earliest = now + DeadlineTimer.FAR;
    for (CheckSlot[] level : levels()) {
      for (CheckSlot slot : level) {
        long until = slot.validUntil(now);
        earliest = until - earliest < 0 ? until : earliest;
      }
    }
    return earliest;
  }

  private boolean startMatters() {
    return HealthGroup.READINESS.equals(group) || HealthGroup.STARTUP.equals(group);
  }

  private CheckReport entry(CheckSlot slot, long now, boolean struck) {
    CheckPolicy policy = slot.policy();
    CheckState state = slot.state();
    String parent = slot.blockedBy(now);
    if (parent != null) {
      return failed(policy, state, '"' + parent + "\" is unhealthy", CheckReport.Flag.SKIPPED);
    }
    boolean late = struck && slot.running() && (state.isPending() || !policy.scheduled());
    if (state.isPending()) {
      boolean alive = HealthGroup.LIVENESS.equals(group);
      return alive || !late
          ? new CheckReport(
              policy,
              state,
              alive ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY,
              "no result yet",
              CheckReport.Flag.PENDING)
          : failed(policy, state, noAnswer(), CheckReport.Flag.TIMED_OUT);
    }
    if (slot.record().stale(now)) {
      String age = FailureLog.words(now - state.endTick());
      return failed(policy, state, "the last result is " + age + " old", CheckReport.Flag.STALE);
    }
    if (late) {
      return now - state.endTick() < settings.lastResultStands()
          ? new CheckReport(policy, state, state.status(), null, CheckReport.Flag.STALE)
          : failed(policy, state, noAnswer(), CheckReport.Flag.TIMED_OUT);
    }
    return new CheckReport(policy, state, state.status(), null, CheckReport.Flag.NONE);
  }

  private String noAnswer() {
    return "no answer within " + FailureLog.words(responseDeadline);
  }

  private static CheckReport failed(
      CheckPolicy policy, CheckState state, String why, CheckReport.Flag flag) {
    return new CheckReport(policy, state, HealthStatus.UNHEALTHY, why, flag);
  }
}
