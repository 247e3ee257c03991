package dev.vigil.logging;

import ch.qos.logback.classic.LoggerContext;
import dev.vigil.core.Profile;
import dev.vigil.core.Redactor;
import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sets Logback up so that every line is one JSON object without secrets, on the console, in {@code
 * logs/combined.log} and, errors only, in {@code logs/error.log}; for people and in colours under
 * the profile development.
 *
 * <p>Message, arguments, MDC, key/values, markers and throwables go through a {@link Redactor}. MDC
 * and key/values stand in objects of their own, so that none can overwrite a field. Lines are cut
 * at 256 KB, traces at 30 frames a throwable.
 *
 * <p>Lines are made on the thread that logs and written by one thread behind a queue of 8,192.
 * Where less than a fifth of it is free, DEBUG and INFO are dropped; WARN and above wait up to 50
 * ms, then take one of 1,024 places in reserve, then are dropped too. Nothing marked {@code AUDIT}
 * ({@link org.slf4j.MarkerFactory#getMarker}) is ever dropped, sampled or held back by a level: it
 * waits. The log says how many lines were dropped, and so does {@link #dropped}.
 *
 * <p>The root level is what {@code LOG_LEVEL} names, else the profile's. Where {@code
 * DATADOG_API_KEY} is set, lines are sent to Datadog's intake too.
 *
 * <p>An installation is not undone by being forgotten. {@link #close()} it as the last step of the
 * application's {@link dev.vigil.core.ShutdownSequence}; it installs no JVM hook itself.
 *
 * <pre>{@code
 * StructuredLogging logging =
 *     StructuredLogging.builder().service("shop").version("1.2.3").profile(profile).install();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class StructuredLogging implements AutoCloseable {

  private final Installation installation;
  private final StructuredAppender appender;

  private StructuredLogging(Installation installation, StructuredAppender appender) {
    this.installation = installation;
    this.appender = appender;
  }

  /** A set-up with the defaults; the service's name is needed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Changes the level of a logger for a time; then it is as before. A later call for the same
   * logger takes the place of an earlier one. Reverts within a second of its time, and at close.
   *
   * @param logger its name, {@code ROOT} for the root
   * @param time above zero, at most 100 years
   */
  public void level(String logger, Level level, Duration time) {
    Require.positive("time", time);
    appender
        .pipeline()
        .levels()
        .change(
            installation.context().getLogger(logger),
            ch.qos.logback.classic.Level.convertAnSLF4JLevel(level),
            time);
  }

  /**
   * How many lines of this level were dropped since installation, because they came faster than
   * they could be written; {@link dev.vigil.logging.micrometer.LogMeters} publishes it.
   */
  public long dropped(Level level) {
    return appender.pipeline().drops().of(level);
  }

  /**
   * Writes all that is queued, waiting up to five seconds. Lines that are logged later are still
   * written, by the thread that logs them. Idempotent.
   */
  @Override
  public void close() {
    appender.pipeline().flushAndEnd();
    appender.pipeline().ship();
  }

  /** Puts Logback back to where it was before, and closes all; for tests. Idempotent. */
  public void undo() {
    appender.pipeline().levels().revertAll();
    installation.undo();
    appender.stop();
  }

  /** Collects settings. Not thread-safe; can be used again after {@link #install()}. */
  public static final class Builder {

    private String service = "";
    private String version = "unknown";
    private @Nullable Profile profile;
    private @Nullable LogFormat format;
    private Redactor redactor = Redactor.standard();
    private @Nullable Path directory = Path.of("logs");
    private int repeatLimit;
    private String datadogSite = "datadoghq.com";
    private @Nullable URI datadogIntake;
    private boolean forced;
    private Map<String, String> environment = System.getenv();
    private Ticker ticker = Ticker.system();

    private Builder() {}

    /** The service's name, on every line; needed. */
    public Builder service(String service) {
      this.service = Objects.requireNonNull(service, "service");
      return this;
    }

    /** The service's version, on every line; {@code unknown} unless told. */
    public Builder version(String version) {
      this.version = Objects.requireNonNull(version, "version");
      return this;
    }

    /** The environment on every line, and the level; {@link Profile#fromEnvironment()} if unset. */
    public Builder profile(Profile profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /** TEXT under development and NATIVE elsewhere, unless told. Files are always JSON. */
    public Builder format(LogFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /** What hides secrets; {@link Redactor#standard()} unless told. */
    public Builder redactor(Redactor redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    /**
     * Where the files go; {@code logs} unless told. Made if missing; where it cannot be written,
     * one WARN says so and lines go to the console only.
     */
    public Builder directory(Path directory) {
      this.directory = Objects.requireNonNull(directory, "directory");
      return this;
    }

    /** Writes to the console only. */
    public Builder noFiles() {
      directory = null;
      return this;
    }

    /**
     * Thins out what one call site (a logger and a message template) repeats: of more lines a
     * minute than this only every hundredth is written, and a summary says how many were not. Never
     * WARN and above, never AUDIT. Off unless told.
     *
     * @param perMinute from 1 to 1,000,000
     */
    public Builder repeatLimit(int perMinute) {
      repeatLimit = Require.between("perMinute", 1, 1_000_000, perMinute);
      return this;
    }

    /** Datadog's site, for example {@code datadoghq.eu}; {@code datadoghq.com} unless told. */
    public Builder datadogSite(String site) {
      datadogSite = Objects.requireNonNull(site, "site");
      return this;
    }

    /** Another intake than the site's, such as a proxy. */
    public Builder datadogIntake(URI intake) {
      datadogIntake = Objects.requireNonNull(intake, "intake");
      return this;
    }

    /**
     * Installs where other applications log through the same Logback, and changes their log too.
     */
    public Builder force() {
      forced = true;
      return this;
    }

    Builder environment(Map<String, String> environment) {
      this.environment = environment;
      return this;
    }

    Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /**
     * Takes the place of what Logback's root logger had, in the JVM's one Logback.
     *
     * @throws IllegalStateException if another SLF4J provider is bound, or this Logback has been
     *     set up by this before or serves other applications too, unless forced; or no service was
     *     named
     * @throws IllegalArgumentException if {@code LOG_LEVEL} names no level, or {@code
     *     VIGIL_PROFILE} no profile
     */
    public StructuredLogging install() {
      ILoggerFactory bound = LoggerFactory.getILoggerFactory();
      LoggerContext context = Installation.logback(bound, forced);
      Level level = usedProfile().logLevel(environment);
      StructuredAppender appender = new StructuredAppender(this);
      appender.setName("VIGIL");
      appender.setContext(context);
      return new StructuredLogging(Installation.of(context, appender, level, forced), appender);
    }

    private Profile usedProfile() {
      Profile chosen = profile;
      return chosen == null ? Profile.fromEnvironment(environment) : chosen;
    }

    Settings settings() {
      if (service.isBlank()) {
        throw new IllegalStateException("service must be set: it stands on every line");
      }
      Profile used = usedProfile();
      LogFormat chosen = format;
      if (chosen == null) {
        chosen = used == Profile.DEVELOPMENT ? LogFormat.TEXT : LogFormat.NATIVE;
      }
      String key = environment.getOrDefault("DATADOG_API_KEY", "");
      URI intake = datadogIntake;
      if (intake == null) {
        intake = URI.create("https://http-intake.logs." + datadogSite + "/api/v2/logs");
      }
      Identity identity =
          new Identity(
              service,
              used.name().toLowerCase(Locale.ROOT),
              version,
              environment.getOrDefault("HOSTNAME", ""));
      return new Settings(
          identity,
          used,
          chosen,
          environment.getOrDefault("NO_COLOR", "").isEmpty(),
          redactor,
          directory,
          repeatLimit,
          key.isBlank() ? null : Secret.of(key.strip()),
          intake,
          ticker);
    }
  }
}
