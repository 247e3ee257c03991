package dev.vigil.health.publish;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.core.internal.http.JsonPost;
import dev.vigil.health.HealthChange;
import dev.vigil.health.HealthListener;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Posts changes of health to a webhook, at most one post per gap.
 *
 * <pre>{@code
 * WebhookPublisher webhook = WebhookPublisher.to(URI.create("https://hooks.example.com/health"))
 *     .header("Authorization", Secret.of("Bearer " + token))
 *     .minimumGap(Duration.ofMinutes(1))
 *     .build();
 * registry.addListener(webhook);
 * }</pre>
 *
 * <p>The first change is posted at once, unless it is a check's first result and healthy; those
 * that come before the gap is over wait and go out together: {@code
 * {"changes":[{"check":"database","from":"healthy","to":"unhealthy","at":"…",
 * "message":"…"}],"dropped":0}}, and with the whole report where {@link Builder#withReport} asks
 * for it. Messages are redacted.
 *
 * <p><b>Under failure.</b> The profile's time-out and retries apply, see {@link Profile}. What
 * cannot be delivered is reported and lost, and counted as {@code dropped} in the next post, as is
 * the oldest of more than 100 that wait. No path of the URI, which may be its password, is ever
 * shown. One daemon thread {@code vigil-health-webhook-<n>} while there is something to post.
 * Thread-safe.
 */
public final class WebhookPublisher implements HealthListener, AutoCloseable {

  private static final int MOST_WAITING = 100;
  private static final long CLOSE_MILLIS = 1_000;

  private final URI uri;
  private final Map<String, Secret> headers;
  private final @Nullable HealthRegistry registry;
  private final long gap;
  private final Ticker ticker;
  private final ErrorReporter reporter;
  private final JsonPost poster;
  private final ThreadPoolExecutor courier;

  // Guarded by this.
  private final Deque<HealthChange> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean working;
  private @Nullable Long lastPost;
  private @Nullable Thread sleeper;
  private boolean closed;

  private WebhookPublisher(Builder builder) {
    this.uri = builder.uri;
    this.headers = Map.copyOf(builder.headers);
    this.registry = builder.registry;
    this.gap = builder.gap.toNanos();
    this.ticker = builder.ticker;
    this.reporter = builder.reporter;
    this.poster =
        JsonPost.builder("health-webhook-http", builder.profile).ticker(builder.ticker).build();
    this.courier =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            VigilThreads.named("health-webhook"));
    courier.allowCoreThreadTimeOut(true);
  }

  /**
   * A publisher to be.
   *
   * @param uri http or https, with a host and without user and password
   * @throws IllegalArgumentException if {@code uri} is none of that
   */
  public static Builder to(URI uri) {
    return new Builder(uri);
  }

  /** Takes a change; never blocks. */
  @Override
  public synchronized void changed(HealthChange change) {
    boolean news = change.from() != null || change.to() != HealthStatus.HEALTHY;
    if (closed || !news) {
      return;
    }
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.addLast(change);
    if (!working) {
      working = true;
      try {
        courier.execute(this::work);
      } catch (RejectedExecutionException closing) {
        working = false;
      }
    }
  }

  private void work() {
    for (List<HealthChange> batch = next(); !batch.isEmpty(); batch = next()) {
      long lost = takeDropped();
      try {
        JsonPost.Answer answer =
            poster.post(uri, headers, ChangesJson.write(batch, lost, report()));
        if (!answer.accepted()) {
          throw new IOException("the webhook answered " + answer);
        }
      } catch (IOException | RuntimeException failure) {
        drop(lost + batch.size());
        reporter.report("posting changes of health to the webhook", failure);
      }
    }
  }

  /** All that an authorised caller would see now, or null where it is not asked for. */
  private @Nullable String report() {
    return registry == null
        ? null
        : new String(
            HealthFormat.NATIVE.write(registry.check(), Disclosure.DETAILS),
            StandardCharsets.UTF_8);
  }

  /** Waits for the gap to be over and takes what has come by then; empty when there is no more. */
  private List<HealthChange> next() {
    long wait;
    do {
      synchronized (this) {
        if (closed || waiting.isEmpty()) {
          working = false;
          sleeper = null;
          return List.of();
        }
        wait = lastPost == null ? 0 : gap - (ticker.read() - lastPost);
        if (wait <= 0) {
          List<HealthChange> batch = new ArrayList<>(waiting);
          waiting.clear();
          lastPost = ticker.read();
          return batch;
        }
        sleeper = Thread.currentThread();
      }
      ticker.park(wait);
    } while (true);
  }

  private synchronized long takeDropped() {
    long lost = dropped;
    dropped = 0;
    return lost;
  }

  private synchronized void drop(long count) {
    dropped += count;
  }

  /** Ends what is under way; what waits is lost. Idempotent. */
  @Override
  public void close() {
    Thread asleep;
    synchronized (this) {
      closed = true;
      asleep = sleeper;
    }
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
    poster.close();
    courier.shutdown();
    try {
      courier.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects settings. Not thread-safe; {@link #build} may be called more than once. */
  public static final class Builder {

    private final URI uri;
    private final Map<String, Secret> headers = new LinkedHashMap<>();
    private @Nullable HealthRegistry registry;
    private Duration gap = Duration.ofMinutes(1);
    private @Nullable Profile given;
    private Profile profile = Profile.PRODUCTION;
    private ErrorReporter reporter = ErrorReporter.logging();
    private Ticker ticker = Ticker.system();

    private Builder(URI uri) {
      String scheme = uri.getScheme();
      boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "a webhook's URI must be http or https, with a host and without user and password");
      }
      this.uri = uri;
    }

    /** A request header, whose value shows nowhere. Returns this. */
    public Builder header(String name, Secret value) {
      headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Has each post carry the whole report, too, as {@code "report"}: what {@link
     * HealthFormat#NATIVE} shows an authorised caller at that moment, redacted. Off by default: it
     * holds more than a receiver of changes needs to know.
     *
     * @param registry whose report
     * @return this
     */
    public Builder withReport(HealthRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /**
     * The shortest time between two posts.
     *
     * @param gap zero or positive; 1 minute by default
     * @return this
     */
    public Builder minimumGap(Duration gap) {
      this.gap = Require.notNegative("minimumGap", gap);
      return this;
    }

    /**
     * The profile whose time-out and retries apply.
     *
     * @param profile {@link Profile#fromEnvironment()} by default
     * @return this
     */
    public Builder profile(Profile profile) {
      this.given = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /** Where failures go; the log by default. Returns this. */
    public Builder errorReporter(ErrorReporter reporter) {
      this.reporter = Objects.requireNonNull(reporter, "reporter");
      return this;
    }

    /** The clock, for tests; the system's by default. Returns this. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /**
     * The publisher.
     *
     * @throws IllegalArgumentException if no profile is set and the environment names one that
     *     there is not
     */
    public WebhookPublisher build() {
      profile = given == null ? Profile.fromEnvironment() : given;
      return new WebhookPublisher(this);
    }
  }
}
