package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vigil.metrics.windows.MeterWindows;
import dev.vigil.testing.FakeTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionBindingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeTime time = new FakeTime();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final MeterWindows windows =
      MeterWindows.on(registry).ticker(time).interval(MINUTE).build();
  private Definitions definitions = Definitions.builtIn();
  private ConditionBinding bound =
      ConditionBinding.of(Condition.parse("1 > 0"), definitions, windows, Duration.ZERO);

  @AfterEach
  void close() {
    bound.close();
    windows.close();
  }

  @Test
  void hasAnInstanceForEachLabelSet() {
    gauge("pool", 90, "pool", "a");
    gauge("pool", 10, "pool", "b");

    bind("pool > 80");

    assertThat(truths())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Map.of("pool", "a"), Truth.TRUE, Map.of("pool", "b"), Truth.FALSE));
    assertThat(value(Map.of("pool", "a"))).isEqualTo(90);
  }

  @Test
  void hasNoneWhereThereIsNoMeter() {
    bind("nowhere > 80");

    assertThat(bound.size()).isZero();
    assertThat(bound.problem()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "g > 80, MISSING",
    "g == 80, MISSING",
    "g != 80, TRUE",
    "not g > 80, MISSING",
    "g > 80 or one > 0, TRUE",
    "g > 80 or one > 1, FALSE",
    "g > 80 and one > 0, MISSING",
    "g > 80 and one > 1, FALSE",
    "zero / zero != 1, TRUE",
    "zero / zero > 0, MISSING",
    "one / zero > 1e300, TRUE",
    "one >= 1, TRUE",
    "one > 1, FALSE",
    "0.1 + 0.2 == 0.3, FALSE",
    "absent(g), TRUE",
    "absent(one), FALSE",
    "absent(nowhere), TRUE",
    "nowhere > 1 or one > 0, TRUE",
    "nowhere > 1 or one > 1, FALSE",
    "g > 80 or nowhere > 1, MISSING",
    "nowhere > 1 and one > 0, MISSING",
    "nowhere > 1 and one > 1, FALSE",
    "abs(-one) == 1, TRUE",
    "round(2.5) == 3, TRUE",
    "'clamp(5, 0, 2) == 2', TRUE",
    "'mod(7, 4) == 3', TRUE",
    "one > 0 and not zero > 0, TRUE",
    "uptime() == 42s, TRUE",
    "one + one * 2 == 3, TRUE",
  })
  void knowsThreeTruths(String condition, Truth truth) {
    gauge("g", Double.NaN);
    gauge("one", 1);
    gauge("zero", 0);

    bind(condition);

    assertThat(truths()).containsExactly(Map.entry(Map.of(), truth));
  }

  @Test
  void anOperandWithoutLabelsMeetsAll() {
    gauge("pool", 90, "pool", "a");
    gauge("pool", 10, "pool", "b");
    gauge("limit", 50);

    bind("pool > limit and limit > 1");

    assertThat(truths())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Map.of("pool", "a"), Truth.TRUE, Map.of("pool", "b"), Truth.FALSE));
  }

  @Test
  void labelsThatAllMetersHaveDoNotPartThem() {
    registry.config().commonTags("service", "shop");
    gauge("pool", 90, "pool", "a");
    gauge("limit", 50);

    bind("pool > limit");

    assertThat(truths())
        .containsExactly(Map.entry(Map.of("pool", "a", "service", "shop"), Truth.TRUE));
  }

  @Test
  void otherLabelSetsMeetWhereTheyAreEqual() {
    gauge("used", 9, "pool", "a");
    gauge("used", 1, "pool", "b");
    gauge("max", 10, "pool", "a");
    gauge("max", 10, "pool", "c");
    gauge("max", 10, "pool", "b");

    bind("used / max > 50%");

    assertThat(truths())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Map.of("pool", "a"), Truth.TRUE, Map.of("pool", "b"), Truth.FALSE));
  }

  @Test
  void orUnitesLabelSets() {
    gauge("x", 9, "pool", "a");
    gauge("y", 9, "pool", "b");

    bind("x > 5 or y > 50");

    assertThat(truths())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Map.of("pool", "a"), Truth.TRUE, Map.of("pool", "b"), Truth.FALSE));
  }

  @Test
  void showsTheSideOfAnOrThatHolds() {
    gauge("cpu", 10);
    gauge("mem", 95);

    bind("cpu > 90 or 90 < mem");

    assertThat(bound.value(0)).isEqualTo(95);
  }

  @Test
  void aggregatesAcrossLabelSets() {
    gauge("x", 1, "pool", "a", "host", "1");
    gauge("x", 2, "pool", "a", "host", "2");
    gauge("x", Double.NaN, "pool", "b", "host", "1");
    gauge("x", 4, "pool", "b", "host", "2");

    assertThat(one("sum(x) == 7")).isEqualTo(Truth.TRUE);
    assertThat(one("avg(x) == 7 / 3")).isEqualTo(Truth.TRUE);
    assertThat(one("min(x) == 1 and max(x) == 4 and count(x) == 3")).isEqualTo(Truth.TRUE);
    bind("sum by (pool, nowhere) (x) == 3");
    assertThat(truths())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Map.of("pool", "a"), Truth.TRUE, Map.of("pool", "b"), Truth.FALSE));
  }

  @Test
  void dividesAPartOfAMeterByAllOfIt() {
    Counter good = registry.counter("requests", "status", "200", "uri", "/");
    Counter bad = registry.counter("requests", "status", "500", "uri", "/");
    bind("increase(requests{status=\"500\"}[5m]) / increase(requests[5m]) > 5%");

    good.increment(94);
    bad.increment(6);
    tick();

    assertThat(truths()).containsExactly(Map.entry(Map.of(), Truth.TRUE));
    assertThat(bound.value(0)).isEqualTo(0.06);
  }

  @Test
  void aShareOfNothingYetIsZeroAndNotMissing() {
    Counter good = registry.counter("requests", "status", "200");
    bind("increase(requests{status=\"500\"}[5m]) / increase(requests[5m]) > 5%");

    good.increment(10);
    tick();
    assertThat(truths()).containsExactly(Map.entry(Map.of(), Truth.FALSE));
    registry.counter("requests", "status", "500").increment(10);
    tick();
    assertThat(truths()).containsExactly(Map.entry(Map.of(), Truth.TRUE));
  }

  @Test
  void readsABareCounterAsItsIncreaseOverTheDuration() {
    Counter errors = registry.counter("db_connection_errors");
    bind("db_connection_errors > 10", Duration.ofMinutes(5));
    tick();

    errors.increment(11);
    tick();
    assertThat(bound.countsOverDuration()).isTrue();
    assertThat(bound.truth(0)).isEqualTo(Truth.TRUE);

    for (int i = 0; i < 6; i++) {
      tick();
    }
    assertThat(bound.truth(0)).isEqualTo(Truth.FALSE);
  }

  @Test
  void aBareTimerIsItsMeanOverAMinute() {
    Timer timer = registry.timer("db.query");
    bind("db.query > 1s");
    tick();

    timer.record(3, TimeUnit.SECONDS);
    timer.record(1, TimeUnit.SECONDS);
    tick();

    assertThat(bound.value(0)).isEqualTo(2);
    assertThat(bound.truth(0)).isEqualTo(Truth.TRUE);
  }

  @Test
  void looksBackByAnOffset() {
    AtomicReference<Double> value = gauge("x", 1);
    bind("x > x offset 2m");
    tick();
    value.set(5.0);
    tick();
    value.set(9.0);
    tick();

    assertThat(bound.truth(0)).isEqualTo(Truth.TRUE);
    tick();
    tick();
    assertThat(bound.truth(0)).isEqualTo(Truth.FALSE);
  }

  @Test
  void asksHealthByItsGauges() {
    AtomicReference<Double> status = gauge("vigil.health.status", Double.NaN, "check", "db");
    gauge("vigil.health.overall", 1);

    assertThat(one("health(\"db\") == unknown")).isEqualTo(Truth.TRUE);
    assertThat(one("health(\"db\") == unhealthy")).isEqualTo(Truth.FALSE);
    assertThat(one("health() == degraded")).isEqualTo(Truth.TRUE);
    status.set(2.0);
    tick();
    assertThat(one("health(\"db\") == unhealthy")).isEqualTo(Truth.TRUE);
    assertThat(one("health(\"db\") != healthy")).isEqualTo(Truth.TRUE);
    bind("health(\"cache\") == unhealthy");
    assertThat(bound.size()).isZero();
  }

  @Test
  void followsMetersThatComeAndGo() {
    bind("late > 1");
    assertThat(bound.refresh()).isFalse();

    gauge("late", 2, "pool", "a");
    windows.snapshot();
    assertThat(bound.refresh()).isTrue();
    assertThat(truths()).containsExactly(Map.entry(Map.of("pool", "a"), Truth.TRUE));

    gauge("other", 2);
    windows.snapshot();
    assertThat(bound.refresh()).isFalse();

    Meter late = registry.get("late").meter();
    registry.remove(late);
    windows.snapshot();
    assertThat(bound.refresh()).isTrue();
    assertThat(bound.size()).isZero();
  }

  @Test
  void cannotAskAGaugeForItsRate() {
    gauge("temperature", 1);

    bind("rate(temperature[5m]) > 1");

    assertThat(bound.problem())
        .startsWith("rate() is not known of temperature, a gauge; it has ")
        .contains("avg", "p95")
        .doesNotContain("increase");
  }

  @Test
  void cannotCompareATimeWithBytes() {
    registry.timer("db.query").record(1, TimeUnit.SECONDS);

    bind("db.query > 5MB");

    assertThat(bound.problem())
        .isEqualTo("'>' cannot take a time and an amount of bytes; give both sides the same unit");
  }

  @Test
  void cannotLookShorterThanTheInterval() {
    registry.counter("x");

    bind("rate(x[5s]) > 1");

    assertThat(bound.problem()).contains("PT5S", "PT1M");
  }

  @Test
  void takesTheFirstOptionOfADefinitionWhoseMetersThereAre() {
    Counter ok = registry.counter("http.server.requests.unrelated");
    ok.increment();
    Timer good = registry.timer("http.server.requests", "outcome", "SUCCESS");
    Timer bad = registry.timer("http.server.requests", "outcome", "SERVER_ERROR");
    bind("error_rate > 5%");
    tick();
    for (int i = 0; i < 18; i++) {
      good.record(1, TimeUnit.MILLISECONDS);
    }
    bad.record(1, TimeUnit.MILLISECONDS);
    tick();
    assertThat(bound.truth(0)).as("below 20 requests").isEqualTo(Truth.MISSING);

    for (int i = 0; i < 18; i++) {
      good.record(1, TimeUnit.MILLISECONDS);
    }
    bad.record(1, TimeUnit.MILLISECONDS);
    bad.record(1, TimeUnit.MILLISECONDS);
    tick();
    assertThat(bound.truth(0)).isEqualTo(Truth.TRUE);
    assertThat(bound.value(0)).isEqualTo(0.1);

    gauge("error_rate", 0.01);
    windows.snapshot();
    bound.refresh();
    assertThat(bound.value(0)).isEqualTo(0.01);
  }

  @Test
  void ownDefinitionsTakeTheBuiltInOnesPlace() {
    gauge("used", 9);
    gauge("all", 10);
    gauge("memory_usage", 0.1);
    definitions = definitions.with("memory_usage", "share * 1").with("share", "used / all");

    assertThat(one("memory_usage > 80%")).isEqualTo(Truth.TRUE);
  }

  @Test
  void aWindowOverADefinitionNeedsAMeter() {
    gauge("memory_usage", 0.9);
    gauge("x", 1);
    definitions = definitions.with("twice", "x * 2");

    assertThat(one("max(memory_usage[5m]) > 80%")).isEqualTo(Truth.TRUE);
    bind("max(twice[5m]) > 1");
    assertThat(bound.problem())
        .startsWith("twice is a calculation, and has no snapshots to put a window over");
  }

  @Test
  void aQuietEvaluationAllocatesNothing() {
    gauge("pool", 90, "pool", "a");
    gauge("pool", 10, "pool", "b");
    registry.counter("errors", "pool", "a").increment();
    bind(
        "pool > 80 and not absent(errors) or sum(rate(errors[5m])) / 2 > 5 or abs(max(pool)) != 3");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    evaluate(1_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    evaluate(1_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).as("bytes in 1,000 evaluations").isLessThan(1_000);
  }

  private void evaluate(int times) {
    for (int i = 0; i < times; i++) {
      bound.refresh();
      for (int instance = 0; instance < bound.size(); instance++) {
        bound.truth(instance);
        bound.value(instance);
      }
      bound.problem();
    }
  }

  private AtomicReference<Double> gauge(String name, double value, String... tags) {
    AtomicReference<Double> holder = new AtomicReference<>(value);
    Gauge.builder(name, holder, AtomicReference::get)
        .tags(Tags.of(tags))
        .strongReference(true)
        .register(registry);
    return holder;
  }

  private void bind(String condition) {
    bind(condition, Duration.ZERO);
  }

  /** Binds, and evaluates twice, so that meters are known and read. */
  private void bind(String condition, Duration duration) {
    bound.close();
    bound =
        ConditionBinding.of(Condition.parse(condition), definitions, windows, duration, () -> 42);
    bound.refresh();
    tick();
  }

  private void tick() {
    time.advance(MINUTE);
    windows.snapshot();
    bound.refresh();
  }

  private Truth one(String condition) {
    bind(condition);
    assertThat(bound.size()).isEqualTo(1);
    return bound.truth(0);
  }

  private Map<Map<String, String>, Truth> truths() {
    Map<Map<String, String>, Truth> truths = new HashMap<>();
    for (int i = 0; i < bound.size(); i++) {
      truths.put(bound.labels(i), bound.truth(i));
    }
    return truths;
  }

  private double value(Map<String, String> labels) {
    for (int i = 0; i < bound.size(); i++) {
      if (bound.labels(i).equals(labels)) {
        return bound.value(i);
      }
    }
    return Double.NaN;
  }
}
