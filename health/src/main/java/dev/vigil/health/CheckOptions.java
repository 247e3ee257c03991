package dev.vigil.health;

import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a check is run and judged. Handed to the last argument of {@link
 * HealthRegistryBuilder#check}; every option has a default.
 *
 * <p>A check runs <em>on demand</em>, when somebody asks and the last result is older than {@link
 * #cacheFor}, or <em>scheduled</em>, {@link #every} so often, whoever asks.
 *
 * <p>Not thread-safe.
 */
public final class CheckOptions {

  /**
   * REQUIREMENTS of the field's oldest habit: a dependency that has not answered in 10 s does not
   * work.
   */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DEFAULT_CACHE = Duration.ofSeconds(1);
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);
  private static final int STALE_INTERVALS = 3;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

  private final Set<HealthGroup> groups = new LinkedHashSet<>();
  private final Set<String> tags = new LinkedHashSet<>();
  private final Set<String> parents = new LinkedHashSet<>();
  private @Nullable Duration timeout;
  private @Nullable Duration cacheFor;
  private @Nullable Duration interval;
  private @Nullable Duration intervalWhileFailing;
  private @Nullable Duration initialDelay;
  private @Nullable Duration staleAfter;
  private int failureThreshold = 1;
  private int successThreshold = 1;
  private boolean notCritical;
  private boolean informational;
  private boolean inline;
  private boolean interrupting;

  CheckOptions() {}

  /**
   * The time after which a run counts as failed, from its start.
   *
   * @param limit positive; 10 s unless set here or by {@link HealthRegistryBuilder#defaultTimeout}
   * @return this
   */
  public CheckOptions timeout(Duration limit) {
    timeout = Require.positive("timeout", limit);
    return this;
  }

  /**
   * How long a result serves those who ask, from the end of its run, for a check on demand. However
   * many ask, the check runs at most once per this window.
   *
   * @param window zero or positive; 1 s by default; zero runs the check for everyone who asks while
   *     it is not running
   * @return this
   */
  public CheckOptions cacheFor(Duration window) {
    cacheFor = Require.notNegative("cacheFor", window);
    return this;
  }

  /**
   * Runs the check by itself, so often, and serves its last result to those who ask. The pause from
   * the end of one run to the start of the next varies by 10 % either way.
   *
   * @param interval 10 ms at least
   * @return this
   */
  public CheckOptions every(Duration interval) {
    this.interval = atLeast("every", interval);
    return this;
  }

  /** What the check itself would have, where the application has not said. */
  void everyUnlessSaid(Duration interval) {
    if (this.interval == null && cacheFor == null) {
      every(interval);
    }
  }

  /**
   * Another interval for as long as the check fails: shorter to see the recovery sooner, longer to
   * be gentle.
   *
   * @param interval 10 ms at least; the same as {@link #every} by default
   * @return this
   */
  public CheckOptions everyWhileFailing(Duration interval) {
    intervalWhileFailing = atLeast("everyWhileFailing", interval);
    return this;
  }

  /**
   * The time before a scheduled check's first run.
   *
   * @param delay zero (the default) or positive
   * @return this
   */
  public CheckOptions initialDelay(Duration delay) {
    initialDelay = Require.notNegative("initialDelay", delay);
    return this;
  }

  /**
   * How old a scheduled check's last result may grow before it counts as a failure.
   *
   * @param age longer than the interval; 3 intervals (the longer of the two) and the time-out by
   *     default
   * @return this
   */
  public CheckOptions staleAfter(Duration age) {
    staleAfter = Require.positive("staleAfter", age);
    return this;
  }

  /** Lets this check lower the whole to degraded at most. Returns this. */
  public CheckOptions notCritical() {
    notCritical = true;
    return this;
  }

  /** Shows this check without letting it change the whole. Returns this. */
  public CheckOptions informational() {
    informational = true;
    return this;
  }

  /**
   * How many runs in a row must fail before the check counts as unhealthy. A run that does not fail
   * starts the count anew. The very first result counts as it is.
   *
   * @param runs 1 (the default) to 1000
   * @return this
   */
  public CheckOptions failureThreshold(int runs) {
    failureThreshold = Require.between("failureThreshold", 1, 1000, runs);
    return this;
  }

  /**
   * How many runs in a row must not fail before an unhealthy check counts as well again. A failure
   * starts the count anew.
   *
   * @param runs 1 (the default) to 1000
   * @return this
   */
  public CheckOptions successThreshold(int runs) {
    successThreshold = Require.between("successThreshold", 1, 1000, runs);
    return this;
  }

  /**
   * Does not run this check while one of the named ones is unhealthy: it then counts as unhealthy,
   * says why, and counts no failure of its own.
   *
   * @param checks names of registered checks
   * @return this
   */
  public CheckOptions dependsOn(String... checks) {
    parents.addAll(List.of(checks));
    return this;
  }

  /**
   * Puts the check into groups. Without one it is part of the whole only.
   *
   * @return this
   */
  public CheckOptions group(HealthGroup... groups) {
    this.groups.addAll(List.of(groups));
    return this;
  }

  /**
   * Marks the check with words by which callers may select.
   *
   * @param tags letters, digits, {@code . _ : -}, at most 100 characters each
   * @return this
   * @throws IllegalArgumentException if one does not fit
   */
  public CheckOptions tags(String... tags) {
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw new IllegalArgumentException(
            "a tag must be 1 to 100 letters, digits, '.', '_', ':' or '-' but one of "
                + tag.length()
                + " characters was given that does not fit");
      }
      this.tags.add(tag);
    }
    return this;
  }

  /**
   * Runs the check on the thread of whoever asks. Only for checks that read memory and cannot
   * block: such a run cannot be left at its time-out.
   *
   * @return this
   */
  public CheckOptions inline() {
    inline = true;
    return this;
  }

  /**
   * Interrupts a run at its time-out. Off by default, since an interrupt closes NIO channels that
   * others may share, and does nothing to classic socket reads.
   *
   * @return this
   */
  public CheckOptions interruptOnTimeout() {
    interrupting = true;
    return this;
  }

  /**
   * Checks what belongs together and freezes it.
   *
   * @throws IllegalArgumentException if options contradict each other
   */
  CheckPolicy freeze(String name, Duration defaultTimeout) {
    Duration limit = timeout == null ? defaultTimeout : timeout;
    require(
        !(notCritical && informational),
        name,
        "notCritical() and informational() exclude each other");
    require(
        !(inline && interrupting),
        name,
        "inline() and interruptOnTimeout() exclude each other: the thread is the caller's");
    require(!parents.contains(name), name, "it depends on itself");
    return new CheckPolicy(
        name,
        informational
            ? Importance.INFORMATIONAL
            : notCritical ? Importance.NOT_CRITICAL : Importance.CRITICAL,
        Set.copyOf(groups),
        java.util.Collections.unmodifiableSet(new LinkedHashSet<>(tags)),
        List.copyOf(parents),
        limit.toNanos(),
        (cacheFor == null ? DEFAULT_CACHE : cacheFor).toNanos(),
        schedule(name, limit),
        failureThreshold,
        successThreshold,
        inline,
        interrupting);
  }

  private @Nullable Schedule schedule(String name, Duration limit) {
    if (interval == null) {
      require(
          intervalWhileFailing == null && initialDelay == null && staleAfter == null,
          name,
          "everyWhileFailing, initialDelay and staleAfter are for scheduled checks; add every(..)");
      return null;
    }
    require(
        cacheFor == null,
        name,
        "every("
            + interval
            + ") and cacheFor("
            + cacheFor
            + ") exclude each other: one schedules, the other does not");
    Duration failing = intervalWhileFailing == null ? interval : intervalWhileFailing;
    Duration longest = failing.compareTo(interval) > 0 ? failing : interval;
    Duration stale =
        staleAfter == null ? longest.multipliedBy(STALE_INTERVALS).plus(limit) : staleAfter;
    require(
        stale.compareTo(longest) > 0,
        name,
        "staleAfter must be longer than the interval but staleAfter is "
            + stale
            + " and the interval "
            + longest);
    return new Schedule(
        interval.toNanos(),
        failing.toNanos(),
        (initialDelay == null ? Duration.ZERO : initialDelay).toNanos(),
        stale.toNanos());
  }

  private static Duration atLeast(String option, Duration interval) {
    Require.positive(option, interval);
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          option + " must be at least " + SHORTEST_INTERVAL + " but was " + interval);
    }
    return interval;
  }

  private static void require(boolean holds, String name, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException("check \"" + name + "\": " + expectation);
    }
  }

  static void requireName(String name) {
    Objects.requireNonNull(name, "name");
    if (!TAG.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a check's name must be 1 to 100 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit,"
              + " since it stands in URLs, logs and metrics; this one has "
              + name.length()
              + " characters and does not fit");
    }
  }
}
