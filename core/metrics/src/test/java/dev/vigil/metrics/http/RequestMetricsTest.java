package dev.vigil.metrics.http;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.vigil.metrics.report.ServiceMeters;
import dev.vigil.testing.FakeTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMetricsTest {

  private final FakeTime time = new FakeTime();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMetrics metrics = RequestMetrics.builder(registry).ticker(time).build();

  private static ServedRequest served(String method, String path, int status, Throwable failure) {
    return new ServedRequest(method, null, path, status, failure, false);
  }

  private void record(ServedRequest request) {
    long start = metrics.tick();
    time.advance(ofMillis(20));
    metrics.record(request, start);
  }

  private Timer only() {
    return registry.get(RequestMetrics.METER).timer();
  }

  @Test
  void hasSpringBootsTags() {
    record(
        new ServedRequest(
            "GET", "/orders/{id}", "/orders/1", 500, new IllegalStateException(), false));

    assertThat(only().getId().getTags())
        .containsExactlyInAnyOrder(
            Tag.of("method", "GET"),
            Tag.of("uri", "/orders/{id}"),
            Tag.of("status", "500"),
            Tag.of("outcome", "SERVER_ERROR"),
            Tag.of("exception", "IllegalStateException"),
            Tag.of("error", "IllegalStateException"));
    assertThat(only().count()).isEqualTo(1);
    assertThat(only().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "101, 101, INFORMATIONAL",
    "200, 200, SUCCESS",
    "304, 304, REDIRECTION",
    "404, 404, CLIENT_ERROR",
    "599, 599, SERVER_ERROR",
    "600, UNKNOWN, UNKNOWN",
    "0, UNKNOWN, UNKNOWN",
    "-1, UNKNOWN, UNKNOWN",
  })
  void sortsStatusesByOutcome(int status, String shown, String outcome) {
    record(served("GET", "/", status, null));

    assertThat(only().getId().getTag("status")).isEqualTo(shown);
    assertThat(only().getId().getTag("outcome")).isEqualTo(outcome);
    assertThat(only().getId().getTag("exception")).isEqualTo("none");
    assertThat(only().getId().getTag("error")).isEqualTo("none");
  }

  @Test
  void methodsThatClientsInventAreOne() {
    record(served("PATCH", "/", 200, null));
    for (int i = 0; i < 1_000; i++) {
      record(served("X" + i, "/", 200, null));
      record(served("get", "/", 200, null));
    }

    assertThat(registry.find(RequestMetrics.METER).timers())
        .extracting(timer -> timer.getId().getTag("method"))
        .containsExactlyInAnyOrder("PATCH", "UNKNOWN");
  }

  @Test
  void aNamelessExceptionHasItsClassesFullName() {
    record(served("GET", "/", 500, new IllegalStateException() {}));

    assertThat(only().getId().getTag("exception")).isEqualTo(getClass().getName() + "$1");
  }

  @Test
  void standsBackWhereAnotherHasTheMeter() {
    Timer others = registry.timer(RequestMetrics.METER, "uri", "/theirs");

    record(served("GET", "/", 200, null));

    assertThat(registry.find(RequestMetrics.METER).timers()).containsExactly(others);
    assertThat(others.count()).isZero();
  }

  @Test
  void standsBackFromAnotherThatComesLate() {
    record(served("GET", "/", 200, null));
    registry.timer(RequestMetrics.METER, "uri", "/theirs");

    record(served("GET", "/new", 200, null));
    record(served("GET", "/", 200, null));

    assertThat(registry.find(RequestMetrics.METER).timers()).hasSize(2);
    assertThat(registry.get(RequestMetrics.METER).tag("uri", "/").timer().count()).isEqualTo(1);
  }

  @Test
  void aRequestThatAnotherCountsIsLeftToIt() {
    record(new ServedRequest("GET", "/", "/", 200, null, true));

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void anotherOfOursOnTheSameRegistryIsNoStranger() {
    record(served("GET", "/", 200, null));
    RequestMetrics deployedAnew = RequestMetrics.of(registry);

    deployedAnew.record(served("GET", "/", 200, null), deployedAnew.tick());
    deployedAnew.record(served("GET", "/b", 200, null), deployedAnew.tick());

    assertThat(registry.get(RequestMetrics.METER).tag("uri", "/").timer().count()).isEqualTo(2);
    assertThat(registry.find(RequestMetrics.METER).timers()).hasSize(2);
  }

  @Test
  void theApiHasItsOwnMetersWhoeverHasTheCommonOne() {
    registry.timer(RequestMetrics.METER, "uri", "/theirs");
    RequestMetrics withApi =
        RequestMetrics.builder(registry)
            .ticker(time)
            .api("/api/*", ServiceMeters.of(registry))
            .build();

    withApi.record(served("GET", "/api/orders", 200, null), withApi.tick());
    withApi.record(served("GET", "/apiary", 200, null), withApi.tick());

    assertThat(registry.get("api_calls_total").counter().count()).isEqualTo(1);
    assertThat(registry.get("api_response_time").timer().count()).isEqualTo(1);
  }

  @Test
  void publishesBucketsWhereAskedTo() {
    RequestMetrics withBuckets = RequestMetrics.builder(registry).histogram().build();
    withBuckets.record(served("GET", "/", 200, null), withBuckets.tick());

    assertThat(only().takeSnapshot().histogramCounts()).hasSize(11);
    assertThatThrownBy(() -> RequestMetrics.builder(registry).histogram(ofMillis(0)))
        .hasMessage("bucket must be positive but was PT0S");
  }

  @Test
  void publishesNoBucketsUnasked() {
    record(served("GET", "/", 200, null));

    assertThat(only().takeSnapshot().histogramCounts()).isEmpty();
    assertThat(registry.getMeters()).hasSize(1);
  }

  @Test
  void aRegistryThatFailsIsToldOfOnceAndFailsNoRequest() {
    registry
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public MeterFilterReply accept(Meter.Id id) {
                throw new IllegalStateException("the filter is broken");
              }
            });
    List<String> told = new ArrayList<>();
    RequestMetrics broken =
        RequestMetrics.builder(registry)
            .errors((doing, failure) -> told.add(doing + ": " + failure.getMessage()))
            .build();

    broken.record(served("GET", "/", 200, null), broken.tick());
    broken.record(served("GET", "/", 200, null), broken.tick());

    assertThat(told).containsExactly("recording an HTTP request: the filter is broken");
  }

  @Test
  void aDeniedMeterCostsNothingElse() {
    registry.config().meterFilter(MeterFilter.deny());

    record(served("GET", "/", 200, null));
    record(served("GET", "/", 200, null));

    assertThat(registry.getMeters()).isEmpty();
  }

  /** The request, its series and no more: no tags, no strings, no lambdas that capture. */
  @Test
  void aRequestLikeAnEarlierOneAllocatesTwoSmallObjectsAtMost() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 10_000;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 60 && least > 80L * calls; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        metrics.record(served("GET", "/orders", 200, null), 0);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(least).as("bytes for %s requests", calls).isLessThanOrEqualTo(81L * calls);
  }

  @Test
  void refusesALimitThatIsNone() {
    assertThatThrownBy(() -> RequestMetrics.builder(registry).maxUris(-1))
        .hasMessage("maxUris must be between 0 and 10000 but was -1");
  }
}
