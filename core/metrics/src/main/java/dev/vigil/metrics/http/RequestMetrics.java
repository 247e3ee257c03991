package dev.vigil.metrics.http;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.PathPattern;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.metrics.report.ServiceMeters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Times requests as Spring Boot does: the meter {@value #METER} with the tags {@code method},
 * {@code uri}, {@code status}, {@code outcome}, {@code exception} and {@code error}, so that
 * dashboards and rules made for one fit the other.
 *
 * <pre>{@code
 * RequestMetrics requests = RequestMetrics.builder(registry).histogram().build();
 * new RequestMetricsFilter(requests).addTo(servletContext);
 * }</pre>
 *
 * <p><b>Bounded.</b> {@code uri} is the framework's template where there is one. Else it is the
 * path, for the first 100 that were answered with neither 3xx nor 4xx, held no secret that {@code
 * Redactor} knows and are short and printable; then {@code other}. Paths without a value of their
 * own are {@code NOT_FOUND}, {@code REDIRECTION} or {@code UNKNOWN}, by status. A method outside of
 * RFC 9110 and PATCH, and a status outside of 100 to 599, is {@code UNKNOWN}; exceptions are the
 * first 100 classes, then {@code other}. At most 10,000 series have all of that; further ones are
 * {@code other} with exception {@code none}.
 *
 * <p><b>Not twice.</b> Where the registry has a meter {@value #METER} that is not ours, this stands
 * back and records nothing, for good. That is looked at whenever a series is new, since others
 * register late too.
 *
 * <p><b>Cost.</b> A request that is like an earlier one takes a look into a concurrent map and the
 * timer's own work; no tags are built and no lock is taken. Share one of these between all filters
 * of a registry. Thread-safe.
 *
 * @see <a
 *     href="https://docs.spring.io/spring-framework/reference/integration/observability.html">Spring's
 *     conventions</a>
 */
public final class RequestMetrics {

  /** The meter's name. */
  public static final String METER = "http.server.requests";

  /** Spring Boot's own limit. */
  private static final int MOST_PATHS = 100;

  private static final int MOST_EXCEPTIONS = 100;
  private static final int MOST_SERIES = 10_000;

  /** Tells our timers from others', also when this application is deployed anew. */
  private static final String DESCRIPTION =
      "Time from the arrival of an HTTP request to the end of its answer";

  /** Those of Prometheus's own clients: 5 ms to 10 s. */
  private static final Duration[] BUCKETS =
      Arrays.stream(new long[] {5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000})
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record Api(PathPattern pattern, ServiceMeters meters) {}

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final Duration[] buckets;
  private final @Nullable Api api;
  private final UriNames uris;
  private final BoundedNames exceptions = new BoundedNames(MOST_EXCEPTIONS, name -> true);
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
  private final ErrorReporter errors;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean othersDo;

  private RequestMetrics(Builder builder) {
    registry = builder.registry;
    ticker = builder.ticker;
    buckets = builder.buckets;
    api = builder.api;
    errors = builder.errors;
    uris = new UriNames(builder.maxUris);
  }

  /** With defaults. */
  public static RequestMetrics of(MeterRegistry registry) {
    return builder(registry).build();
  }

  /** Starts to configure. */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(registry);
  }

  /** The clock that requests are timed by, in nanoseconds; readings are compared by subtraction. */
  public long tick() {
    return ticker.read();
  }

  /**
   * Records a request. For servers that none of our filters fits; call it once a request. Throws
   * nothing: a registry that fails is told of once, and no request fails with it.
   *
   * @param start the {@link #tick()} at which it arrived
   */
  public void record(ServedRequest request, long start) {
    long nanos = Math.max(0, ticker.read() - start);
    try {
      time(request, nanos);
    } catch (RuntimeException failure) {
      if (told.compareAndSet(false, true)) {
        errors.report("recording an HTTP request", failure);
      }
    }
  }

  private void time(ServedRequest request, long nanos) {
    if (api != null && api.pattern.matches(request.path())) {
      api.meters.apiCallsTotal().increment();
      api.meters.apiResponseTime().record(nanos, TimeUnit.NANOSECONDS);
    }
    if (othersDo || request.countedElsewhere()) {
      return;
    }
    Series series = series(request);
    Timer timer = timers.get(series);
    if (timer == null) {
      timer = register(timers.size() < MOST_SERIES ? series : series.coarse());
    }
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private Series series(ServedRequest request) {
    Throwable failure = request.failure();
    String exception = failure == null ? Series.NONE : exceptions.admit(name(failure.getClass()));
    return new Series(
        Series.method(request.method()),
        uris.name(request.template(), request.path(), request.status()),
        request.status(),
        exception);
  }

  private static String name(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty() ? type.getName() : simple;
  }

  private synchronized @Nullable Timer register(Series series) {
    if (!othersDo && registry.find(METER).meters().stream().anyMatch(RequestMetrics::isForeign)) {
      othersDo = true;
    }
    return othersDo ? null : timers.computeIfAbsent(series, this::timer);
  }

  private static boolean isForeign(Meter meter) {
    return !DESCRIPTION.equals(meter.getId().getDescription());
  }

  private Timer timer(Series series) {
    return Timer.builder(METER)
        .description(DESCRIPTION)
        .tags(series.tags())
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private final MeterRegistry registry;
    private int maxUris = MOST_PATHS;
    private Duration[] buckets = {};
    private @Nullable Api api;
    private Ticker ticker = Ticker.system();
    private ErrorReporter errors = ErrorReporter.logging();

    private Builder(MeterRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * How many paths without a template have a value of their own, 100 unless told otherwise.
     *
     * @throws IllegalArgumentException if not between 0 and 10,000
     */
    public Builder maxUris(int maxUris) {
      this.maxUris = Require.between("maxUris", 0, 10_000, maxUris);
      return this;
    }

    /**
     * Publishes a histogram with the buckets of Prometheus's clients, 5 ms to 10 s, from which
     * percentiles over all instances can be taken. Off unless asked for: each series has eleven
     * more then.
     */
    public Builder histogram() {
      return histogram(BUCKETS);
    }

    /**
     * Publishes a histogram.
     *
     * @param buckets their upper bounds; none switches it off
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder histogram(Duration... buckets) {
      for (Duration bucket : buckets) {
        Require.positive("bucket", bucket);
      }
      this.buckets = buckets.clone();
      return this;
    }

    /**
     * Counts requests to the API as {@code api_calls_total} and times them as {@code
     * api_response_time} too.
     *
     * @param pattern of its paths, for example {@code /api/*}
     * @throws IllegalArgumentException if the pattern is wrong
     */
    public Builder api(String pattern, ServiceMeters meters) {
      this.api = new Api(PathPattern.of(pattern), Objects.requireNonNull(meters, "meters"));
      return this;
    }

    /** Who is told when the registry fails; the log unless told otherwise. */
    public Builder errors(ErrorReporter errors) {
      this.errors = Objects.requireNonNull(errors, "errors");
      return this;
    }

    /** The clock; the system's unless told otherwise. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /** Registers nothing yet: a meter is there from the first request on. */
    public RequestMetrics build() {
      return new RequestMetrics(this);
    }
  }
}
