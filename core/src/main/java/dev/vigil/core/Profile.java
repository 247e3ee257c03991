package dev.vigil.core;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where the application runs, and the defaults that follow from it.
 *
 * <table>
 * <caption>Values</caption>
 * <tr><th></th><th>development</th><th>staging</th><th>production</th></tr>
 * <tr><td>{@link #rateLimit()}</td><td>1000</td><td>5000</td><td>10000</td></tr>
 * <tr><td>{@link #outboundTimeout()}</td><td>30 s</td><td>10 s</td><td>5 s</td></tr>
 * <tr><td>{@link #retries()}</td><td>3</td><td>2</td><td>3</td></tr>
 * <tr><td>{@link #monitoring()}</td><td>off</td><td>on</td><td>on</td></tr>
 * <tr><td>{@link #realTimeAlerts()}</td><td>off</td><td>off</td><td>on</td></tr>
 * <tr><td>{@link #logLevel()}</td><td>debug</td><td>info</td><td>warn</td></tr>
 * <tr><td>{@link #strictSecurity()}</td><td>off</td><td>on</td><td>on</td></tr>
 * </table>
 *
 * <p>They are defaults: whatever takes one can be told another. A deployment names its profile in
 * the environment variable {@value #VARIABLE}; where that is unset, it is production, the strict
 * one.
 */
public enum Profile {
  /** A developer's machine: generous time-outs, verbose logs, nothing sent out. */
  DEVELOPMENT(1_000, Duration.ofSeconds(30), 3, false, false, Level.DEBUG, false),
  /** As production, with more to read and no one woken at night. */
  STAGING(5_000, Duration.ofSeconds(10), 2, true, false, Level.INFO, true),
  /** The strict one, and what an unset profile means. */
  PRODUCTION(10_000, Duration.ofSeconds(5), 3, true, true, Level.WARN, true);

  /** The environment variable that names the profile. */
  public static final String VARIABLE = "VIGIL_PROFILE";

  /** The environment variable that names the log level, and beats the profile's. */
  public static final String LOG_LEVEL_VARIABLE = "LOG_LEVEL";

  private static final AtomicBoolean SAID_UNSET = new AtomicBoolean();

  private final int rateLimit;
  private final Duration outboundTimeout;
  private final int retries;
  private final boolean monitoring;
  private final boolean realTimeAlerts;
  private final Level logLevel;
  private final boolean strictSecurity;

  Profile(
      int rateLimit,
      Duration outboundTimeout,
      int retries,
      boolean monitoring,
      boolean realTimeAlerts,
      Level logLevel,
      boolean strictSecurity) {
    this.rateLimit = rateLimit;
    this.outboundTimeout = outboundTimeout;
    this.retries = retries;
    this.monitoring = monitoring;
    this.realTimeAlerts = realTimeAlerts;
    this.logLevel = logLevel;
    this.strictSecurity = strictSecurity;
  }

  /** Requests that an API admits per window and caller. */
  public int rateLimit() {
    return rateLimit;
  }

  /** How long an outbound call may take: HTTP checks, notifiers, shippers. */
  public Duration outboundTimeout() {
    return outboundTimeout;
  }

  /** How often an outbound call is tried again after its first failure. */
  public int retries() {
    return retries;
  }

  /** Whether metrics, reports and error tracking leave the process. */
  public boolean monitoring() {
    return monitoring;
  }

  /** Whether alerts are sent to people as they fire. */
  public boolean realTimeAlerts() {
    return realTimeAlerts;
  }

  /** The level from which on log lines are written. */
  public Level logLevel() {
    return logLevel;
  }

  /**
   * The level from which on log lines are written: what {@value #LOG_LEVEL_VARIABLE} names, or the
   * profile's own where that is unset or blank.
   *
   * @param environment variables by name, in an application {@link System#getenv()}
   * @throws IllegalArgumentException if the variable names no level
   */
  public Level logLevel(Map<String, String> environment) {
    String name = environment.getOrDefault(LOG_LEVEL_VARIABLE, "");
    return name.isBlank() ? logLevel : constant(Level.values(), LOG_LEVEL_VARIABLE, name);
  }

  /** Whether security headers, HTTPS redirects and the like are on. */
  public boolean strictSecurity() {
    return strictSecurity;
  }

  /**
   * The profile of that name, in any letter case.
   *
   * @throws IllegalArgumentException if there is none; the message names the three, and the nearest
   */
  public static Profile of(String name) {
    return constant(values(), "profile", name);
  }

  /**
   * The profile that the environment variable {@value #VARIABLE} names. Where it is unset or blank:
   * {@link #PRODUCTION}, and one line on the logger {@code vigil.lifecycle} says so, once per JVM.
   *
   * @throws IllegalArgumentException if the variable names no profile
   */
  public static Profile fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /**
   * As {@link #fromEnvironment()}, with the variables handed in.
   *
   * @param environment variables by name
   */
  public static Profile fromEnvironment(Map<String, String> environment) {
    return fromEnvironment(environment, SAID_UNSET);
  }

  static Profile fromEnvironment(Map<String, String> environment, AtomicBoolean saidUnset) {
    String name = environment.getOrDefault(VARIABLE, "");
    if (!name.isBlank()) {
      return constant(values(), VARIABLE, name);
    }
    if (saidUnset.compareAndSet(false, true)) {
      LoggerFactory.getLogger("vigil.lifecycle")
          .info("{} is not set: profile production, the strict one", VARIABLE);
    }
    return PRODUCTION;
  }

  private static <E extends Enum<E>> E constant(E[] constants, String what, String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT);
    for (E constant : constants) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
    }
    List<String> known =
        Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    throw new IllegalArgumentException(
        what
            + " must be one of "
            + String.join(", ", known)
            + " but was "
            + Quoted.of(name)
            + NearestName.of(name, known).map(near -> "; did you mean " + near + "?").orElse(""));
  }
}
