package dev.vigil.metrics.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a service is for, and how well it does it: business meters and performance meters, which
 * {@link MetricsReport} reports.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>counts or times</th></tr>
 * <tr><td>{@code customer_registrations}</td><td>counter</td><td>customers that registered</td></tr>
 * <tr><td>{@code work_orders_created}</td><td>counter</td><td>work orders</td></tr>
 * <tr><td>{@code payments_processed}</td><td>counter</td><td>payments</td></tr>
 * <tr><td>{@code api_calls_total}</td><td>counter</td><td>calls of the API</td></tr>
 * <tr><td>{@code page_load_time}</td><td>timer</td><td>pages, as a browser tells</td></tr>
 * <tr><td>{@code api_response_time}</td><td>timer</td><td>answers of the API</td></tr>
 * <tr><td>{@code database_query_time}</td><td>timer</td><td>queries</td></tr>
 * <tr><td>{@code cache_hit_rate}</td><td>summary</td><td>lookups: 1 for a hit, 0 for a miss</td></tr>
 * </table>
 *
 * <p>They are Micrometer's own types in the application's registry, to be handed to whatever takes
 * these; {@link #business} and {@link #performance} make more of them. The mean of {@code
 * cache_hit_rate} is the rate over any window, which the last value of a gauge could not tell.
 *
 * <p>Prometheus shows {@code work_orders_created} as {@code work_orders_total}, since its format
 * keeps the ending {@code _created} to itself, and {@code api_calls_total} under that name.
 *
 * <p>Each is in the registry from its first use on, so that a service without payments shows none.
 * Recording never waits. Thread-safe.
 */
public final class ServiceMeters {

  private static final double NANOS_OF_A_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Map<String, ReportedCounter> business = new ConcurrentSkipListMap<>();
  private final Map<String, ReportedTimer> timers = new ConcurrentSkipListMap<>();
  private final Map<String, ReportedSummary> summaries = new ConcurrentSkipListMap<>();
  private final Map<String, Interval> intervals = new ConcurrentSkipListMap<>();
  private final AtomicBoolean reported = new AtomicBoolean();

  private ServiceMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The meters of a registry. Make one of these for each registry and share it. */
  public static ServiceMeters of(MeterRegistry registry) {
    return new ServiceMeters(Objects.requireNonNull(registry, "registry"));
  }

  /** {@code customer_registrations}. */
  public Counter customerRegistrations() {
    return business("customer_registrations");
  }

  /** {@code work_orders_created}. */
  public Counter workOrdersCreated() {
    return business("work_orders_created");
  }

  /** {@code payments_processed}. */
  public Counter paymentsProcessed() {
    return business("payments_processed");
  }

  /** {@code api_calls_total}; {@code RequestMetrics} can count it. */
  public Counter apiCallsTotal() {
    return business("api_calls_total");
  }

  /** {@code page_load_time}. */
  public Timer pageLoadTime() {
    return performance("page_load_time");
  }

  /** {@code api_response_time}; {@code RequestMetrics} can time it. */
  public Timer apiResponseTime() {
    return performance("api_response_time");
  }

  /** {@code database_query_time}. */
  public Timer databaseQueryTime() {
    return performance("database_query_time");
  }

  /**
   * {@code cache_hit_rate}: record 1 for a hit and 0 for a miss, or what a cache says that its rate
   * was.
   */
  public DistributionSummary cacheHitRate() {
    String name = "cache_hit_rate";
    ReportedSummary known = summaries.get(name);
    return known != null
        ? known
        : summaries.computeIfAbsent(
            name,
            absent ->
                new ReportedSummary(
                    DistributionSummary.builder(absent)
                        .description("Share of the lookups that the cache answered, 0 to 1")
                        .register(registry),
                    interval(absent, ReportedSummary.STEPS)));
  }

  /** Records a lookup in {@code cache_hit_rate}. */
  public void cacheLookup(boolean hit) {
    cacheHitRate().record(hit ? 1 : 0);
  }

  /**
   * A counter that is reported under {@code business}: the same each time for one name.
   *
   * @param name fixed by the program, never by a client
   */
  public Counter business(String name) {
    ReportedCounter known = business.get(name);
    return known != null
        ? known
        : business.computeIfAbsent(
            name,
            absent ->
                new ReportedCounter(
                    Counter.builder(absent)
                        .description("Business: " + words(absent))
                        .register(registry)));
  }

  /**
   * A timer that is reported under {@code performance}: the same each time for one name.
   *
   * @param name fixed by the program, never by a client
   */
  public Timer performance(String name) {
    ReportedTimer known = timers.get(name);
    return known != null
        ? known
        : timers.computeIfAbsent(
            name,
            absent ->
                new ReportedTimer(
                    Timer.builder(absent)
                        .description("Performance: " + words(absent))
                        .register(registry),
                    interval(absent, NANOS_OF_A_SECOND),
                    registry.config().clock()));
  }

  /** One interval a name, even where two threads make its meter at once. */
  private Interval interval(String name, double steps) {
    return intervals.computeIfAbsent(name, absent -> new Interval(steps));
  }

  private static String words(String name) {
    return name.replace('_', ' ').replace('.', ' ');
  }

  Map<String, ReportedCounter> business() {
    return business;
  }

  Map<String, Interval> intervals() {
    return intervals;
  }

  /** A report empties the intervals, so that there can be one. */
  boolean claim() {
    return reported.compareAndSet(false, true);
  }

  void release() {
    reported.set(false);
  }
}
