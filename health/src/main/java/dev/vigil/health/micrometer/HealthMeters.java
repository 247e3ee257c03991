package dev.vigil.health.micrometer;

import dev.vigil.core.Ticker;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.CertificateCheck;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows a registry's health as meters.
 *
 * <ul>
 *   <li>{@code vigil.health.overall}: 0 healthy, 1 degraded, 2 unhealthy
 *   <li>{@code vigil.health.status{check}}: the same of one check, damped by its thresholds
 *   <li>{@code vigil.health.duration{check}}: how long its last run took
 *   <li>{@code vigil.health.timeouts{check}}: how many runs have passed their time-out
 *   <li>{@code vigil.health.stuck{check}}: 1 while a run is past its time-out and has not returned
 *   <li>{@code vigil.health.drill{check}}: 1 while the status is what a drill says
 *   <li>{@code vigil.certificate.days{host}}: days that a {@link CertificateCheck} found left,
 *       negative once it has expired
 * </ul>
 *
 * <p>All of these but the counter are NaN before the first result, and once the check is no longer
 * registered. A check that is registered later has its meters from its first result on.
 *
 * <pre>{@code
 * HealthMeters.of(registry).bindTo(meterRegistry);
 * }</pre>
 *
 * <p><b>Under load.</b> Reading a meter never waits: it asks the registry, which starts the runs
 * that are due within its own bounds, and shows what is known now; meters that are read within 100
 * ms share one look. Meters hold the registry weakly. Thread-safe.
 */
public final class HealthMeters implements MeterBinder {

  private final HealthRegistry health;
  private final Ticker ticker;

  private HealthMeters(HealthRegistry health, Ticker ticker) {
    this.health = health;
    this.ticker = ticker;
  }

  /** Shows a registry. */
  public static HealthMeters of(HealthRegistry health) {
    return of(Objects.requireNonNull(health, "health"), Ticker.system());
  }

  static HealthMeters of(HealthRegistry health, Ticker ticker) {
    return new HealthMeters(health, ticker);
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    // Meters hold this weakly, and outlive the registry; its listener holds it.
    Readings readings = new Readings(health, ticker);
    Gauge.builder("vigil.health.overall", readings, HealthMeters::overall)
        .description("0 healthy, 1 degraded, 2 unhealthy")
        .register(meters);
    Set<String> bound = ConcurrentHashMap.newKeySet();
    health.addListener(change -> bind(change.check(), bound, readings, meters));
    health.names().forEach(name -> bind(name, bound, readings, meters));
  }

  private static void bind(
      String name, Set<String> bound, Readings readings, MeterRegistry meters) {
    if (!bound.add(name)) {
      return;
    }
    gauge("status", "0 healthy, 1 degraded, 2 unhealthy", name, readings, HealthMeters::status)
        .register(meters);
    gauge("stuck", "1 while a run hangs", name, readings, it -> it.stuck() ? 1 : 0)
        .register(meters);
    gauge("drill", "1 while a drill is under way", name, readings, it -> it.drill() ? 1 : 0)
        .register(meters);
    TimeGauge.builder(
            "vigil.health.duration",
            readings,
            TimeUnit.NANOSECONDS,
            it -> it.read(name, HealthMeters::nanos))
        .tag("check", name)
        .description("how long the last run took")
        .register(meters);
    FunctionCounter.builder("vigil.health.timeouts", readings, it -> it.timeouts(name))
        .tag("check", name)
        .description("runs that have passed their time-out")
        .register(meters);
    readings
        .registry()
        .find(name, CertificateCheck.class)
        .ifPresent(check -> check.names().forEach(host -> bindDays(name, host, readings, meters)));
  }

  private static void bindDays(String name, String host, Readings readings, MeterRegistry meters) {
    Gauge.builder("vigil.certificate.days", readings, it -> days(it.registry(), name, host))
        .tag("host", host)
        .description("days until the certificate ends")
        .register(meters);
  }

  private static Gauge.Builder<Readings> gauge(
      String meter,
      String description,
      String name,
      Readings readings,
      ToDoubleFunction<CheckReport> figure) {
    return Gauge.builder("vigil.health." + meter, readings, it -> it.read(name, figure))
        .tag("check", name)
        .description(description);
  }

  private static double overall(Readings readings) {
    HealthReport report = readings.report();
    boolean pending =
        report.reason().isEmpty()
            && !report.entries().isEmpty()
            && report.entries().stream().allMatch(CheckReport::pending);
    return pending ? Double.NaN : value(report.status());
  }

  private static double status(CheckReport check) {
    return value(check.status());
  }

  private static double value(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> 0;
      case DEGRADED -> 1;
      case UNHEALTHY -> 2;
    };
  }

  private static double nanos(CheckReport check) {
    return check.responseTime().map(took -> (double) took.toNanos()).orElse(Double.NaN);
  }

  private static double days(HealthRegistry health, String name, String host) {
    Optional<CertificateCheck> check = health.find(name, CertificateCheck.class);
    return check.isPresent() ? check.get().daysLeft(host).orElse(Double.NaN) : Double.NaN;
  }
}
