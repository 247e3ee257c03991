package dev.vigil.health.checks;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Watches work that comes in from time to time, such as a nightly backup or a consumer's loop:
 * degraded when it is late, unhealthy when it is missing.
 *
 * <pre>{@code
 * HeartbeatCheck backup = HeartbeatCheck.builder(Duration.ofHours(25))
 *     .missingAfter(Duration.ofHours(49))
 *     .keptIn(Path.of("/var/lib/orders/backup.beat"))
 *     .build();
 * registry.register("backup", backup);
 * backup.beat();  // or an authorised POST to /health/beat/backup
 * }</pre>
 *
 * <p>Time counts from the last beat, before the first one from when the check was built; where a
 * file keeps the beat, from the beat in the file. A file that cannot be read or written is said
 * once in the log and in the data ({@code fileProblem}), and beats count all the same. Reads the
 * file at its first run and memory from then on, so it may be registered inline. Data: {@code
 * lastBeatSecondsAgo}, {@code periodSeconds}. Thread-safe.
 */
public final class HeartbeatCheck implements HealthCheck {

  private final Duration period;
  private final Duration missingAfter;
  private final Ticker ticker;
  private final InstantSource clock;
  private final @Nullable BeatFile file;

  // The two are one state, guarded by this.
  private long lastTick;
  private boolean beaten;
  private boolean loaded;

  private HeartbeatCheck(Builder builder, Duration missingAfter) {
    this.period = builder.period;
    this.missingAfter = missingAfter;
    this.ticker = builder.ticker;
    this.clock = builder.clock;
    this.file = builder.file == null ? null : new BeatFile(builder.file);
    this.lastTick = ticker.read();
  }

  /**
   * A check of work that comes in at least so often, missing after twice that time.
   *
   * @param period positive
   */
  public static HeartbeatCheck every(Duration period) {
    return builder(period).build();
  }

  /**
   * A check to be.
   *
   * @param period how often work comes in at least; positive
   */
  public static Builder builder(Duration period) {
    return new Builder(period);
  }

  /** Notes that the work has been done now. Writes the file where there is one; never throws. */
  public void beat() {
    synchronized (this) {
      lastTick = ticker.read();
      beaten = true;
      loaded = true;
    }
    if (file != null) {
      file.write(clock.millis());
    }
  }

  @Override
  public HealthResult check(CheckContext context) {
    Duration age;
    boolean ever;
    synchronized (this) {
      load();
      age = Duration.ofNanos(ticker.read() - lastTick);
      ever = beaten;
    }
    HealthResult result = judge(age, ever).with("periodSeconds", period.toSeconds());
    if (ever) {
      result = result.with("lastBeatSecondsAgo", age.toSeconds());
    }
    return file == null || file.problem().isEmpty()
        ? result
        : result.with("fileProblem", file.problem());
  }

  private HealthResult judge(Duration age, boolean ever) {
    String since = ever ? "the last beat was " : "no beat yet in ";
    String ago = ever ? " ago" : "";
    if (age.compareTo(missingAfter) > 0) {
      return HealthResult.unhealthy("missing: " + since + words(age) + ago);
    }
    if (age.compareTo(period) > 0) {
      return HealthResult.degraded("late: " + since + words(age) + ago);
    }
    return ever ? HealthResult.healthy() : HealthResult.healthy("no beat yet");
  }

  /**
   * Takes over what the file knows, once; a clock that was set back makes no beat of the future.
   */
  private void load() {
    if (!loaded && file != null) {
      file.read()
          .ifPresent(
              millis -> {
                long age = Math.max(0, clock.millis() - millis);
                lastTick = ticker.read() - Duration.ofMillis(age).toNanos();
                beaten = true;
              });
    }
    loaded = true;
  }

  private static String words(Duration age) {
    if (age.toHours() >= 48) {
      return age.toDays() + " days";
    }
    if (age.toMinutes() >= 120) {
      return age.toHours() + " hours";
    }
    return age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : age.toSeconds() + " s";
  }

  /** Collects settings. Not thread-safe; {@link #build} may be called more than once. */
  public static final class Builder {

    private final Duration period;
    private @Nullable Duration missingAfter;
    private @Nullable Path file;
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();

    private Builder(Duration period) {
      this.period = Require.positive("period", period);
    }

    /**
     * The time after which late work counts as missing.
     *
     * @param age longer than the period; twice the period by default
     * @return this
     */
    public Builder missingAfter(Duration age) {
      missingAfter = Require.positive("missingAfter", age);
      return this;
    }

    /**
     * Keeps the time of the last beat in a file, so that it survives a restart.
     *
     * @param file replaced as a whole at every beat; its directory must exist
     * @return this
     */
    public Builder keptIn(Path file) {
      this.file = Objects.requireNonNull(file, "file");
      return this;
    }

    /** The clocks, for tests; the system's by default. Returns this. */
    public Builder time(Ticker ticker, InstantSource clock) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * The check.
     *
     * @throws IllegalArgumentException if {@code missingAfter} is not longer than the period
     */
    public HeartbeatCheck build() {
      Duration missing = missingAfter == null ? period.multipliedBy(2) : missingAfter;
      if (missing.compareTo(period) <= 0) {
        throw new IllegalArgumentException(
            "missingAfter must be longer than the period but missingAfter was "
                + missing
                + " and the period "
                + period);
      }
      return new HeartbeatCheck(this, missing);
    }
  }
}
