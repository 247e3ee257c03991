package dev.vigil.sentry;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Profile;
import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import io.sentry.ProfileLifecycle;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.exception.ExceptionMechanismException;
import io.sentry.profiling.JavaContinuousProfilerProvider;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Message;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports errors to Sentry, with the secrets in them hidden.
 *
 * <p>Starts Sentry's SDK with the profile's environment, traces and profiles sampled at 0.1, no
 * hook and no handler of its own. Every text that leaves by it is scrubbed when it is turned into
 * JSON: message, exceptions, breadcrumbs, extras, tags, request, contexts, spans; what cannot be
 * scrubbed is not sent, and attachments never are. Errors are not sampled, but of many like ones
 * the first five of each minute are sent and then every tenth, decided before any scrubbing; the
 * next one that is sent tells how many were not (extra {@code skipped_before_this}).
 *
 * <p>Off, with one line in the log, without a DSN and under the profile development: then it only
 * logs. Where the application has started the SDK by itself it is left as it is, and only what is
 * reported here is scrubbed.
 *
 * <p>Sending is the SDK's: on a thread of its own, behind a bounded queue of which it drops and
 * counts the overflow; a Sentry that hangs costs the caller nothing.
 *
 * <pre>{@code
 * SentryReporter errors = SentryReporter.start(System.getenv("SENTRY_DSN"), profile, "shop@1.2.3");
 * errors.handleUncaught();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class SentryReporter implements ErrorReporter, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  /** What whoever waits for an uncaught exception's report is worth. */
  static final long FLUSH_MILLIS = 2_000;

  private enum Mode {
    OFF,
    OWN,
    APPLICATIONS
  }

  private final Mode mode;
  private final Redactor redactor;
  private final FloodGuard guard;
  private final Ticker ticker;
  private @Nullable UncaughtErrors uncaught; // guarded by this

  private SentryReporter(Mode mode, Builder builder, FloodGuard guard) {
    this.mode = mode;
    this.redactor = builder.redactor;
    this.ticker = builder.ticker;
    this.guard = guard;
  }

  /** Starts with the defaults. See {@link #builder}. */
  public static SentryReporter start(@Nullable String dsn, Profile profile, String release) {
    return builder(dsn, profile).release(release).start();
  }

  /**
   * A reporter that is not started yet.
   *
   * @param dsn where to report to, from Sentry's project settings; null or blank for nowhere
   */
  public static Builder builder(@Nullable String dsn, Profile profile) {
    return new Builder(dsn == null ? "" : dsn.strip(), profile);
  }

  /** Whether errors are sent. */
  public boolean isOn() {
    return mode != Mode.OFF;
  }

  /**
   * Whether all that the SDK sends is scrubbed: it was started here and not by the application.
   * False where nothing is sent.
   */
  public boolean scrubsAll() {
    return mode == Mode.OWN;
  }

  /** Logs the failure as a redacted WARN line and sends it. Returns at once, throws nothing. */
  @Override
  public void report(String doing, Throwable failure) {
    ErrorReporter.logging().report(doing, failure);
    if (mode == Mode.OFF) {
      return;
    }
    SentryEvent event = new SentryEvent(mode == Mode.OWN ? failure : redactor.redact(failure));
    Message message = new Message();
    message.setFormatted(redactor.redact(doing));
    event.setMessage(message);
    event.setLevel(SentryLevel.ERROR);
    send(event, failure);
  }

  private void send(SentryEvent event, Throwable failure) {
    if (mode == Mode.APPLICATIONS) {
      long skipped = guard.admit(Fingerprint.of(failure));
      if (skipped == FloodGuard.SKIP) {
        return;
      }
      ScrubbedOptions.tellSkipped(event, skipped);
    }
    Sentry.captureEvent(event);
  }

  /**
   * Becomes the JVM's handler of uncaught exceptions, until {@link #close()}: each is sent, waiting
   * up to 2 s, printed as one redacted ERROR line, and handed to the handler that was there before.
   *
   * @throws IllegalStateException if it is that already
   */
  public void handleUncaught() {
    install(null);
  }

  /**
   * As {@link #handleUncaught()}, and a second after the first uncaught exception the application
   * stops.
   *
   * @param shutdown run on a thread that keeps the JVM alive for it; a {@code ShutdownSequence}'s
   *     {@code run}, most likely
   * @throws IllegalStateException if it is the handler already
   */
  public void handleUncaught(Runnable shutdown) {
    install(Objects.requireNonNull(shutdown, "shutdown"));
  }

  private synchronized void install(@Nullable Runnable shutdown) {
    if (uncaught != null) {
      throw new IllegalStateException("this reporter handles uncaught exceptions already");
    }
    UncaughtErrors handler = new UncaughtErrors(this::capture, redactor, shutdown, ticker);
    handler.install();
    uncaught = handler;
  }

  private void capture(Thread thread, Throwable thrown) {
    // An application's SDK has a handler of its own by default, which is called after this one.
    if (mode == Mode.OFF
        || (mode == Mode.APPLICATIONS
            && Sentry.getCurrentScopes().getOptions().isEnableUncaughtExceptionHandler())) {
      return;
    }
    Mechanism mechanism = new Mechanism();
    mechanism.setType("UncaughtExceptionHandler");
    mechanism.setHandled(false);
    Throwable safe = mode == Mode.OWN ? thrown : redactor.redact(thrown);
    SentryEvent event = new SentryEvent(new ExceptionMechanismException(mechanism, safe, thread));
    event.setLevel(SentryLevel.FATAL);
    send(event, thrown);
    Sentry.flush(FLUSH_MILLIS);
  }

  /**
   * Sends what waits, for up to 2 s, and takes the handler of uncaught exceptions and the SDK back
   * where they are its own. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (uncaught != null) {
      uncaught.remove();
      uncaught = null;
    }
    if (mode != Mode.OFF && Sentry.isEnabled()) {
      Sentry.flush(FLUSH_MILLIS);
      if (mode == Mode.OWN) {
        Sentry.close();
      }
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final String dsn;
    private final Profile profile;
    private String release = "";
    private double tracesSampleRate = 0.1;
    private double profilesSampleRate = 0.1;
    private Redactor redactor = Redactor.standard();
    private Ticker ticker = Ticker.system();

    private Builder(String dsn, Profile profile) {
      this.dsn = dsn;
      this.profile = Objects.requireNonNull(profile, "profile");
    }

    /** What is running, for example {@code shop@1.2.3}. */
    public Builder release(String release) {
      this.release = Objects.requireNonNull(release, "release");
      return this;
    }

    /** The share of traces that is sent, from 0 to 1; 0.1 unless told. */
    public Builder tracesSampleRate(double rate) {
      tracesSampleRate = share("tracesSampleRate", rate);
      return this;
    }

    /**
     * The share of traces that is profiled, from 0 to 1; 0.1 unless told. Needs {@code
     * io.sentry:sentry-async-profiler}; a line says so where it is missing.
     */
    public Builder profilesSampleRate(double rate) {
      profilesSampleRate = share("profilesSampleRate", rate);
      return this;
    }

    /** What hides secrets; {@link Redactor#standard()} unless told. */
    public Builder redactor(Redactor redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    private static double share(String name, double rate) {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException(name + " must be between 0 and 1 but was " + rate);
      }
      return rate;
    }

    /**
     * Starts the SDK, unless it is off or the application did so.
     *
     * @throws IllegalArgumentException if the DSN is malformed; the message does not hold it
     */
    public SentryReporter start() {
      FloodGuard guard = new FloodGuard(ticker);
      if (dsn.isEmpty() || profile == Profile.DEVELOPMENT) {
        log.info(
            "error reports to Sentry are off: {}",
            dsn.isEmpty() ? "there is no DSN" : "the profile is development");
        return new SentryReporter(Mode.OFF, this, guard);
      }
      if (Sentry.isEnabled()) {
        log.info("error reports go through the Sentry SDK that the application started");
        return new SentryReporter(Mode.APPLICATIONS, this, guard);
      }
      SentryOptions options = new ScrubbedOptions(redactor, guard).make(dsn, profile, release);
      options.setTracesSampleRate(tracesSampleRate);
      profile(options);
      try {
        Sentry.init(options);
      } catch (IllegalArgumentException malformed) { // its message and causes hold the DSN
        throw new IllegalArgumentException(
            "the DSN must be as in Sentry's project settings, https://<key>@<host>/<project>");
      }
      return new SentryReporter(Mode.OWN, this, guard);
    }

    private void profile(SentryOptions options) {
      if (profilesSampleRate == 0) {
        return;
      }
      // Without one the SDK would write a line of its own to standard output.
      if (ServiceLoader.load(JavaContinuousProfilerProvider.class).findFirst().isEmpty()) {
        log.info("no profiles go to Sentry: io.sentry:sentry-async-profiler is not there");
        return;
      }
      options.setProfileSessionSampleRate(profilesSampleRate);
      options.setProfileLifecycle(ProfileLifecycle.TRACE);
    }
  }
}
