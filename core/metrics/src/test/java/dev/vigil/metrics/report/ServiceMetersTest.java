package dev.vigil.metrics.report;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServiceMetersTest {

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final ServiceMeters meters = ServiceMeters.of(registry);

  @Test
  void areTheApplicationsMetersByTheGuidesNames() {
    meters.customerRegistrations().increment();
    meters.workOrdersCreated().increment(2);
    meters.paymentsProcessed().increment(3);
    meters.apiCallsTotal().increment(4);
    meters.pageLoadTime().record(ofMillis(100));
    meters.apiResponseTime().record(ofMillis(200));
    meters.databaseQueryTime().record(ofMillis(300));
    meters.cacheLookup(true);
    meters.cacheLookup(false);

    assertThat(registry.get("customer_registrations").counter().count()).isEqualTo(1);
    assertThat(registry.get("work_orders_created").counter().count()).isEqualTo(2);
    assertThat(registry.get("payments_processed").counter().count()).isEqualTo(3);
    assertThat(registry.get("api_calls_total").counter().count()).isEqualTo(4);
    assertThat(registry.get("page_load_time").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(100);
    assertThat(registry.get("api_response_time").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(200);
    assertThat(registry.get("database_query_time").timer().count()).isEqualTo(1);
    assertThat(registry.get("cache_hit_rate").summary().mean()).isEqualTo(0.5);
  }

  @Test
  void noneIsThereBeforeItIsUsed() {
    meters.paymentsProcessed();

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .containsExactly("payments_processed");
  }

  @Test
  void oneNameIsOneMeter() {
    assertThat(meters.business("carts_opened")).isSameAs(meters.business("carts_opened"));
    assertThat(meters.performance("checkout")).isSameAs(meters.performance("checkout"));
    assertThat(meters.cacheHitRate()).isSameAs(meters.cacheHitRate());
  }

  @Test
  void timesWorkThatEndsAndWorkThatThrows() throws Exception {
    Timer timer = meters.databaseQueryTime();

    assertThat(timer.record(() -> tick("a"))).isEqualTo("a");
    assertThat(timer.recordCallable(() -> tick("b"))).isEqualTo("b");
    assertThatThrownBy(
            () ->
                timer.record(
                    (Runnable)
                        () -> {
                          tick("");
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");
    Timer.Sample sample = Timer.start(clock);
    tick("");
    sample.stop(timer);

    assertThat(timer.count()).isEqualTo(4);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(4);
    assertThat(meters.intervals().get("database_query_time").take())
        .satisfies(
            figures -> {
              assertThat(figures.count()).isEqualTo(4);
              assertThat(figures.max()).isBetween(0.99, 1.01);
            });
  }

  private String tick(String result) {
    clock.add(1, TimeUnit.SECONDS);
    return result;
  }

  @Test
  void whatIsNoMeasurementIsNone() {
    meters.pageLoadTime().record(-1, TimeUnit.SECONDS);
    meters.cacheHitRate().record(Double.NaN);
    meters.cacheHitRate().record(-1);
    meters.pageLoadTime().record(Long.MAX_VALUE, TimeUnit.DAYS); // 292 years

    assertThat(meters.intervals().get("cache_hit_rate").take().count()).isZero();
    assertThat(meters.intervals().get("page_load_time").take().count()).isEqualTo(1);
  }
}
