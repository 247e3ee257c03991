package dev.vigil.health;

import dev.vigil.core.Finding;
import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds named checks, runs them side by side, each within its time-out, and says how the whole is.
 *
 * <pre>{@code
 * HealthRegistry health = HealthRegistry.builder()
 *     .check("database", JdbcCheck.of(dataSource), c -> c.timeout(ofSeconds(2)))
 *     .check("stripe", HttpCheck.get(uri).degradedOver(ofSeconds(1)), c -> c.every(ofSeconds(30)).notCritical())
 *     .build();
 * health.started();
 * HealthReport report = health.check();
 * }</pre>
 *
 * <p><b>Under failure.</b> Each check has one run at a time, which everyone who asks shares, and
 * whose time-out counts from its start. A check that hangs costs one thread, is not started again
 * before it has returned, and delays no other check and nobody who asks: from its time-out on it is
 * unhealthy at once. What a check throws is its failure.
 *
 * <p><b>Under load.</b> A check on demand runs at most once per freshness window ({@link
 * CheckOptions#cacheFor}), a scheduled one at its own pace, however many ask. As long as nothing
 * has changed the same report is handed out.
 *
 * <p><b>In time.</b> An answer comes by the response deadline: 800 ms for liveness, readiness and
 * startup, the largest time-out and 250 ms for all else. A check that has not come back by then
 * shows its last result, marked stale, if that is younger than 30 s, and otherwise counts as timed
 * out.
 *
 * <p><b>Threads.</b> Daemons named {@code vigil-health-<n>}: up to four, and more only while runs
 * hold those; they end after 30 s without work. One timer, one thread for listeners while there is
 * something to tell. All carry the context class loader of whoever built the registry, and are gone
 * after {@link #close()}, save those that hang in a check.
 *
 * <p>Thread-safe.
 */
public final class HealthRegistry implements AutoCloseable {

  private static final long CLOSE_MILLIS = 2_000;

  private static final Duration LONGEST_DRILL = Duration.ofHours(24);

  private static final Logger log = LoggerFactory.getLogger(HealthRegistry.class);

  private final Engine engine;
  private final Lifecycle lifecycle;
  private final RegistrySettings settings;
  private final Duration defaultTimeout;
  private final Drills drills;
  private volatile Roster roster;

  HealthRegistry(HealthRegistryBuilder builder) {
    this.engine =
        new Engine(
            builder.ticker, builder.wallClock, builder.reporter, builder.chance, builder.executor);
    this.lifecycle = new Lifecycle(engine);
    this.settings =
        new RegistrySettings(
            builder.version,
            builder.ticker.read(),
            builder.wholeDeadline,
            Map.copyOf(builder.groupDeadlines),
            builder.lastResultStands.toNanos());
    this.defaultTimeout = builder.defaultTimeout;
    this.drills = new Drills(engine, name -> slot(name));
    this.roster = new Roster(builder.slots(engine), lifecycle, settings, drills);
  }

  /** A registry to be. */
  public static HealthRegistryBuilder builder() {
    return new HealthRegistryBuilder();
  }

  /** Tells what may be meant otherwise, and has scheduled checks run from now on. */
  void begin() {
    Audit.warn(audit());
    engine.timer.watch(() -> roster.array(), drills::tick);
    engine.timer.wakeBy(engine.ticker.read());
  }

  /** How the whole is: all checks. Blocks until the response deadline at most. */
  public HealthReport check() {
    return answer(roster.whole());
  }

  /**
   * How a group is. Blocks until the group's response deadline at most.
   *
   * @throws IllegalArgumentException if no check is in the group and it is none of the three with a
   *     meaning
   */
  public HealthReport check(HealthGroup group) {
    return answer(roster.group(Objects.requireNonNull(group, "group")));
  }

  /**
   * How the selected checks are; only those are run.
   *
   * @throws IllegalArgumentException if the query names a group or a check that there is not
   */
  public HealthReport check(HealthQuery query) {
    return answer(roster.query(Objects.requireNonNull(query, "query")));
  }

  /** What is known of the whole now: asks no check and never blocks. */
  public HealthReport last() {
    return roster.whole().report(engine, engine.moment(), false);
  }

  private HealthReport answer(View view) {
    HealthReport known = view.known(engine);
    return known != null ? known : Evaluation.now(engine, view);
  }

  /** {@link #check()} without blocking; see {@link #checkAsync(HealthQuery)}. */
  public CompletableFuture<HealthReport> checkAsync() {
    return checkAsync(HealthQuery.all());
  }

  /**
   * {@link #check(HealthQuery)} without blocking, except in checks that are {@linkplain
   * CheckOptions#inline() inline}.
   *
   * @return completed by the response deadline, never exceptionally; what depends on it runs on a
   *     thread of this registry's and should not block
   * @throws IllegalArgumentException if the query names a group or a check that there is not
   */
  public CompletableFuture<HealthReport> checkAsync(HealthQuery query) {
    View view = roster.query(Objects.requireNonNull(query, "query"));
    HealthReport known = view.known(engine);
    return known != null
        ? CompletableFuture.completedFuture(known)
        : Evaluation.later(engine, view);
  }

  /**
   * Adds a check while others run. What it depends on must be there already.
   *
   * @throws IllegalArgumentException if the name is taken or does not fit, or if the options
   *     contradict each other or name a check that there is not
   * @throws IllegalStateException if the registry is closed
   */
  public void register(String name, HealthCheck check, Consumer<CheckOptions> options) {
    add(new Registration(name, Objects.requireNonNull(check, "check"), null, options));
  }

  /** Adds a check with default options; see {@link #register(String, HealthCheck, Consumer)}. */
  public void register(String name, HealthCheck check) {
    register(name, check, options -> {});
  }

  /** Adds an asynchronous check; see {@link #register(String, HealthCheck, Consumer)}. */
  public void registerAsync(String name, AsyncHealthCheck check, Consumer<CheckOptions> options) {
    add(new Registration(name, null, Objects.requireNonNull(check, "check"), options));
  }

  private synchronized void add(Registration registration) {
    if (engine.closed()) {
      throw new IllegalStateException("the registry is closed; build another one");
    }
    Map<String, CheckSlot> slots = new LinkedHashMap<>(roster.slots());
    Registration.requireNew(registration.name(), slots.keySet());
    slots.put(registration.name(), registration.slot(slots, defaultTimeout, engine));
    become(slots);
  }

  /**
   * Removes a check. A run of it that is in progress is cancelled and forgotten.
   *
   * @return whether there was such a check
   * @throws IllegalStateException if another check depends on it
   */
  public synchronized boolean unregister(String name) {
    Map<String, CheckSlot> slots = new LinkedHashMap<>(roster.slots());
    CheckSlot gone = slots.remove(Objects.requireNonNull(name, "name"));
    if (gone == null) {
      return false;
    }
    for (CheckSlot left : slots.values()) {
      if (left.policy().parents().contains(name)) {
        throw new IllegalStateException(
            "check \""
                + left.policy().name()
                + "\" depends on \""
                + name
                + "\"; unregister it first");
      }
    }
    become(slots);
    drills.end(name, "the check is no longer registered");
    gone.close();
    return true;
  }

  private void become(Map<String, CheckSlot> slots) {
    roster = new Roster(slots, lifecycle, settings, drills);
    engine.changed();
    engine.timer.wakeBy(engine.ticker.read());
  }

  /** The registered checks' names, in the order of their registration. */
  public Set<String> names() {
    return roster.slots().keySet();
  }

  private @Nullable CheckSlot slot(String name) {
    return roster.slots().get(name);
  }

  /**
   * A registered check itself, for example to {@linkplain dev.vigil.health.checks.HeartbeatCheck
   * beat}.
   *
   * @return empty where there is none of that name, or it is of another type
   */
  public <T> Optional<T> find(String name, Class<T> type) {
    CheckSlot slot = slot(Objects.requireNonNull(name, "name"));
    HealthCheck check = slot == null ? null : slot.sync();
    return type.isInstance(check) ? Optional.of(type.cast(check)) : Optional.empty();
  }

  /** Liveness, readiness and startup, and every other group that a check is in. */
  public Set<HealthGroup> groups() {
    return roster.groups();
  }

  /** The tags in use. */
  public Set<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    roster.slots().values().forEach(slot -> tags.addAll(slot.policy().tags()));
    return tags;
  }

  /** Adds a listener, which hears of changes from now on. */
  public void addListener(HealthListener listener) {
    engine.changes.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * A check's last changes, oldest first, at most 20.
   *
   * @throws IllegalArgumentException if there is no such check
   */
  public List<HealthChange> history(String name) {
    return roster.slot(Objects.requireNonNull(name, "name")).record().history();
  }

  /**
   * Lets readiness follow its checks, for good: before, it is unhealthy. Happens by itself once all
   * checks of the startup group, if there are any, have passed.
   */
  public void started() {
    lifecycle.started();
  }

  /**
   * Makes readiness and the whole unhealthy at once and for good, so that no more traffic is sent
   * here; liveness stays. The first call counts.
   *
   * @param reason for people, for example {@code "shutting down"}
   */
  public void drain(String reason) {
    lifecycle.drain(Objects.requireNonNull(reason, "reason"));
  }

  /**
   * Makes readiness and the whole unhealthy, or lets them follow their checks again; liveness
   * stays.
   *
   * @param reason for people
   */
  public void maintenance(boolean on, String reason) {
    lifecycle.maintenance(on, Objects.requireNonNull(reason, "reason"));
  }

  /**
   * Has reports say of a check that it is in a status, whatever it finds, to try out what follows
   * from it: listeners, gauges, pages, alerts. The check's message and every rendered report say
   * {@code DRILL}. Readiness, startup and liveness know nothing of it, so that no traffic is lost
   * and nothing restarted. Ends by itself; a second drill of a check takes the first one's place.
   *
   * @param check the name of a registered check
   * @param length positive, at most 24 hours
   * @param who who ordered it, for reports and the log; at most 80 characters of it are shown
   * @throws IllegalArgumentException if there is no such check, {@code length} is out of range or
   *     {@code who} is blank
   */
  public void drill(String check, HealthStatus status, Duration length, String who) {
    drill(check, status, length, who, false);
  }

  /**
   * As {@link #drill(String, HealthStatus, Duration, String)}, in readiness and startup too where
   * the check is part of them.
   *
   * @param readinessToo whether traffic may be taken away
   */
  public void drill(
      String check, HealthStatus status, Duration length, String who, boolean readinessToo) {
    Objects.requireNonNull(status, "status");
    if (Require.positive("length", length).compareTo(LONGEST_DRILL) > 0) {
      throw new IllegalArgumentException(
          "length must be at most " + LONGEST_DRILL + " but was " + length);
    }
    if (who.isBlank()) {
      throw new IllegalArgumentException("who must say who ordered the drill but was blank");
    }
    CheckSlot slot = roster.slot(Objects.requireNonNull(check, "check"));
    drills.begin(slot, status, length.toNanos(), who, readinessToo);
  }

  /**
   * Ends a drill before its time.
   *
   * @return whether there was one
   */
  public boolean endDrill(String check) {
    return drills.end(Objects.requireNonNull(check, "check"), "ended by hand");
  }

  /**
   * What looks wrong in how the checks are set up; also logged once at WARN when the registry is
   * built.
   */
  public List<Finding> audit() {
    return Audit.of(roster.slots().values());
  }

  /**
   * Stops: no check starts any more, the whole and readiness are unhealthy ("closed"), runs in
   * progress are cancelled. Waits up to 2 s for threads to end and logs which checks it leaves
   * hanging. Idempotent.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (engine.closed()) {
        return;
      }
      engine.close();
      lifecycle.closed();
    }
    Roster last = roster;
    for (CheckSlot slot : last.array()) {
      slot.close();
    }
    engine.timer.close();
    engine.changes.close(CLOSE_MILLIS / 4);
    engine.workers.close(CLOSE_MILLIS);
    List<String> left = new ArrayList<>();
    for (CheckSlot slot : last.array()) {
      if (slot.occupied() && slot.async() == null) {
        left.add(slot.policy().name());
      }
    }
    if (!left.isEmpty()) {
      log.warn(
          "closed while checks {} had not returned; their threads are daemons and remain", left);
    }
  }
}
