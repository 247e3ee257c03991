package dev.vigil.metrics.windows;

import static dev.vigil.metrics.windows.Rig.FIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakedThreads.class)
class SelectionTest {

  private final Rig rig = new Rig(new SimpleMeterRegistry());

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<String> methods(Selection selection) {
    return selection.series().stream()
        .map(it -> it.labels().getOrDefault("method", "none"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "=, GET, GET",
    "!=, GET, none POST PUT",
    "=~, P.*, POST PUT",
    "=~, P, ''",
    "!~, P.*|GET, none",
    "=, '', none",
    "!=, '', GET POST PUT"
  })
  void takesTheMetersWhoseTagsMatch(String operator, String value, String expected) {
    for (String method : List.of("PUT", "GET", "POST")) {
      rig.registry.counter("calls", "method", method);
    }
    rig.registry.counter("calls");
    rig.registry.counter("other", "method", "GET");
    TagMatcher matcher =
        switch (operator) {
          case "=" -> TagMatcher.equal("method", value);
          case "!=" -> TagMatcher.notEqual("method", value);
          case "=~" -> TagMatcher.matches("method", value);
          default -> TagMatcher.matchesNot("method", value);
        };

    Selection selection = rig.windows.select("calls", List.of(matcher));

    assertThat(methods(selection))
        .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
    assertThat(selection).hasToString("calls{method" + operator + '"' + value + "\"}");
  }

  @Test
  void followsMetersAtSnapshotsOnly() {
    Selection selection = rig.windows.select("calls");
    rig.windows.snapshot();
    long before = rig.windows.generation();

    Counter get = rig.registry.counter("calls", "method", "GET");
    rig.registry.counter("calls", "method", "DELETE");
    assertThat(selection.series()).isEmpty();
    assertThat(rig.windows.generation()).isEqualTo(before);

    rig.tick();
    assertThat(methods(selection)).containsExactly("DELETE", "GET");
    assertThat(rig.windows.generation()).isGreaterThan(before);

    long between = rig.windows.generation();
    rig.tick();
    assertThat(rig.windows.generation()).isEqualTo(between);

    rig.registry.remove(get);
    rig.tick();
    assertThat(methods(selection)).containsExactly("DELETE");
    assertThat(rig.windows.generation()).isGreaterThan(between);
  }

  @Test
  void isNotTroubledByMetersThatNobodySelects() {
    rig.windows.select("calls");
    rig.windows.snapshot();
    long before = rig.windows.generation();

    rig.registry.counter("other");
    rig.tick();

    assertThat(rig.windows.generation()).isEqualTo(before);
  }

  @Test
  void sharesSeriesAndReadings() {
    rig.registry.counter("calls", "method", "GET");
    Series first = rig.only("calls");

    Series second = rig.only("calls", TagMatcher.equal("method", "GET"));

    assertThat(second).isSameAs(first);
    assertThat(second.window(WindowFunction.RATE, FIVE))
        .isSameAs(first.window(WindowFunction.RATE, FIVE));
    assertThat(second.window(WindowFunction.INCREASE, FIVE))
        .isNotSameAs(first.window(WindowFunction.RATE, FIVE));
  }

  @Test
  void letsGoOfWhatNobodyHoldsAnyMore() {
    Counter counter = rig.registry.counter("calls", "method", "GET");
    Selection all = rig.windows.select("calls");
    Selection get = rig.windows.select("calls", List.of(TagMatcher.equal("method", "GET")));
    Reading reading = get.series().get(0).latest();
    rig.windows.snapshot();

    all.close();
    counter.increment();
    rig.tick();
    assertThat(reading.value()).isEqualTo(1);

    get.close();
    get.close();
    counter.increment();
    rig.tick();
    assertThat(reading.value()).isNaN();
    assertThat(get.series()).isEmpty();
  }

  @Test
  void showsTagsAsASortedMap() {
    rig.registry.counter("calls", "uri", "/a", "method", "GET");

    Map<String, String> labels = rig.only("calls").labels();

    assertThat(labels).isEqualTo(Map.of("method", "GET", "uri", "/a"));
    assertThat(labels.keySet()).containsExactly("method", "uri");
    assertThat(labels.get("nothing")).isNull();
    assertThat(labels).hasSize(2).doesNotContainKey("nothing").hasToString("{method=GET, uri=/a}");
  }

  @Test
  void describesTheMetersOfAName() {
    Counter.builder("sent").baseUnit("kilobytes").tag("peer", "a").register(rig.registry);
    Counter.builder("sent").baseUnit("kilobytes").tag("zone", "b").register(rig.registry);
    Gauge.builder("queue", () -> 1).register(rig.registry);

    assertThat(rig.windows.names()).containsExactly("queue", "sent");
    assertThat(rig.windows.describe("sent"))
        .contains(
            new MeterInfo("sent", Set.of(MeterKind.COUNTER), "bytes", Set.of("peer", "zone"), 2));
    assertThat(rig.windows.describe("nothing")).isEmpty();
  }

  @Test
  void knowsWhatAFilterDeniesOrRenames() {
    rig.registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("secret"))
        .meterFilter(MeterFilter.ignoreTags("user"));
    rig.registry.counter("secret.calls").increment();
    rig.registry.counter("open.calls").increment();

    assertThat(rig.windows.denied("secret.calls")).isTrue();
    assertThat(rig.windows.denied("open.calls")).isFalse();
    assertThat(rig.windows.denied("never.asked.for")).isFalse();
  }

  @Test
  void replacesAGaugeByACounterOfTheSameName() {
    Gauge gauge = Gauge.builder("it", () -> 5).register(rig.registry);
    Selection selection = rig.windows.select("it");
    rig.windows.snapshot();
    Series before = selection.series().get(0);

    rig.registry.remove(gauge);
    rig.registry.counter("it").increment(2);
    rig.tick();

    Series after = selection.series().get(0);
    assertThat(after).isNotSameAs(before);
    assertThat(after.kind()).isEqualTo(MeterKind.COUNTER);
    assertThat(before.latest().value()).isNaN();
    assertThat(after.latest().value()).isEqualTo(2);
  }

  @Test
  void catchesUpAfterMoreMetersThanItWaitsFor() {
    Selection selection = rig.windows.select("calls");
    rig.windows.snapshot();
    for (int i = 0; i < 10_050; i++) {
      rig.registry.counter("calls", "id", String.valueOf(i));
    }

    rig.tick();

    assertThat(selection.series()).hasSize(10_050);
  }

  @Test
  void refusesAPatternThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagMatcher.matches("uri", "/a(("))
        .withMessageStartingWith(
            "the pattern for tag \"uri\" must be a regular expression but was \"/a((\": ");
  }
}
