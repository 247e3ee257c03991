package dev.vigil.metrics.report;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class MetricsReportTest {

  private final FakeTime time = new FakeTime();
  private final ServiceMeters meters = ServiceMeters.of(new SimpleMeterRegistry());
  private final LoggedReports reports = new LoggedReports();
  private final List<String> errors = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void detach() {
    reports.close();
  }

  private MetricsReport.Builder report() {
    return MetricsReport.builder(meters)
        .ticker(time)
        .errors((doing, failure) -> errors.add(doing + ": " + failure.getMessage()));
  }

  private static void during(MetricsReport.Builder builder, Runnable work) {
    MetricsReport report = builder.start();
    try {
      work.run();
    } finally {
      report.close();
    }
  }

  /** Lets so much time pass, for a thread that waits for it, and waits for what it writes. */
  private void pass(int seconds) {
    int before = reports.size();
    time.awaitWaiting(1);
    time.advance(ofSeconds(seconds));
    await().until(() -> reports.size() > before);
  }

  @Test
  void reportsBusinessValuesAndPerformanceOfTheIntervalEverySixtySeconds() {
    during(
        report(),
        () -> {
          meters.customerRegistrations().increment(3);
          for (int i = 1; i <= 100; i++) {
            meters.apiResponseTime().record(ofMillis(10L * i));
          }
          meters.cacheLookup(true);
          meters.cacheLookup(true);
          meters.cacheLookup(true);
          meters.cacheLookup(false);
          pass(60);
          meters.customerRegistrations().increment();
          meters.apiResponseTime().record(ofSeconds(2));
          pass(60);
        });

    assertThat(reports.events().get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(reports.events().get(0).getFormattedMessage()).isEqualTo("metrics report");
    Map<String, Object> first = reports.get(0);
    assertThat(first)
        .containsEntry("interval", 60.0)
        .containsEntry("customer_registrations.total", 3L)
        .containsEntry("customer_registrations.increase", 3L)
        .containsEntry("api_response_time.count", 100L)
        .containsEntry("cache_hit_rate.count", 4L);
    near(first, "api_response_time.mean", 0.505);
    near(first, "api_response_time.p50", 0.5);
    near(first, "api_response_time.p95", 0.95);
    near(first, "api_response_time.p99", 0.99);
    near(first, "api_response_time.max", 1);
    near(first, "cache_hit_rate.mean", 0.75);
    Map<String, Object> second = reports.get(1);
    assertThat(second)
        .containsEntry("customer_registrations.total", 4L)
        .containsEntry("customer_registrations.increase", 1L)
        .containsEntry("api_response_time.count", 1L);
    near(second, "api_response_time.p50", 2);
    assertThat(errors).isEmpty();
  }

  private static void near(Map<String, Object> report, String key, double expected) {
    assertThat((Double) report.get(key)).as(key).isCloseTo(expected, within(expected / 100));
  }

  @Test
  void anIntervalWithoutAnyHasTheCountAlone() {
    during(
        report(),
        () -> {
          meters.databaseQueryTime();
          pass(60);
        });

    assertThat(reports.get(0)).containsOnlyKeys("interval", "database_query_time.count");
  }

  @Test
  void closingWritesTheIntervalThatHasBegun() {
    MetricsReport report = report().start();
    meters.paymentsProcessed().increment();
    time.advance(ofSeconds(7));

    report.close();
    report.close();

    assertThat(reports.events()).hasSize(1);
    assertThat(reports.get(0))
        .containsEntry("interval", 7.0)
        .containsEntry("payments_processed.increase", 1L);
  }

  @Test
  void aValueThatFailsIsLeftOutAndToldOfOnceUntilItWorks() {
    AtomicBoolean broken = new AtomicBoolean(true);
    during(
        report()
            .value("queue_length", () -> fail(broken))
            .value("nothing", () -> Double.NaN)
            .value("share", () -> 0.25),
        () -> {
          meters.workOrdersCreated().increment();
          pass(60);
          pass(60);
          broken.set(false);
          pass(60);
          broken.set(true);
          pass(60);
        });

    assertThat(reports.get(0))
        .containsOnlyKeys(
            "interval", "share", "work_orders_created.total", "work_orders_created.increase")
        .containsEntry("share", 0.25);
    assertThat(reports.get(2)).containsEntry("queue_length", 12L).doesNotContainKey("nothing");
    String told = "reading the meter queue_length for the report: the queue is gone";
    assertThat(errors).containsExactly(told, told);
  }

  private static double fail(AtomicBoolean broken) {
    if (broken.get()) {
      throw new IllegalStateException("the queue is gone");
    }
    return 12;
  }

  @Test
  void anErrorEndsOneReportAndNotTheNext() {
    AtomicBoolean broken = new AtomicBoolean(true);
    during(
        report()
            .value(
                "deep",
                () -> {
                  if (broken.getAndSet(false)) {
                    throw new StackOverflowError("too deep");
                  }
                  return 1;
                }),
        () -> {
          time.awaitWaiting(1);
          time.advance(ofSeconds(60));
          await().until(() -> !errors.isEmpty());
          pass(60);
        });

    assertThat(errors).containsExactly("writing the metrics report: too deep");
    assertThat(reports.get(0)).containsEntry("deep", 1L);
  }

  @Test
  void aLateReportCoversItsTimeAndNoneIsMadeUpFor() {
    during(
        report(),
        () -> {
          pass(600);
          time.awaitWaiting(1);
          assertThat(reports.events()).hasSize(1);
          assertThat(reports.get(0)).containsEntry("interval", 600.0);
          pass(60);
          assertThat(reports.events()).hasSize(2);
        });
  }

  @Test
  void aValueThatHangsHoldsNobodyUp() throws Exception {
    CountDownLatch mended = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    MetricsReport report =
        report()
            .value(
                "hanging",
                () -> {
                  hangs.countDown();
                  awaitQuietly(mended);
                  return 1;
                })
            .start();
    time.awaitWaiting(1);
    time.advance(ofSeconds(60));
    assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();

    Thread.currentThread().interrupt(); // closing does not wait then
    report.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reports.events())
        .extracting(event -> event.getFormattedMessage())
        .containsExactly("the last metrics report is left behind: a value hangs");
    mended.countDown();
    // What was left behind must not say its line while another test listens.
    await().until(() -> threadsOf("vigil-report").isEmpty());
  }

  private static List<String> threadsOf(String purpose) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(purpose))
        .toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void valuesAreRightWhateverTheRegistryAnswers() {
    ServiceMeters lost = ServiceMeters.of(new CompositeMeterRegistry()); // of no registry: counts 0
    MetricsReport report = MetricsReport.builder(lost).ticker(time).start();
    lost.apiCallsTotal().increment(5);
    lost.pageLoadTime().record(() -> "done");

    report.close();

    assertThat(reports.get(0))
        .containsEntry("api_calls_total.total", 5L)
        .containsEntry("page_load_time.count", 1L);
  }

  @Test
  void refusesASecondReportOfTheSameMeters() {
    MetricsReport report = report().start();

    assertThatThrownBy(() -> report().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("these meters have a report already; close that one first");
    report.close();
    report().start().close();
    assertThatThrownBy(() -> report().value("a", () -> 1).value("a", () -> 2))
        .hasMessage("value \"a\" is there already; names must be unique");
    assertThatThrownBy(() -> report().every(ofSeconds(0)))
        .hasMessage("period must be positive but was PT0S");
  }
}
