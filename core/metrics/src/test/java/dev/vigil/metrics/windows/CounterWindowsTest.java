package dev.vigil.metrics.windows;

import static dev.vigil.metrics.windows.Rig.FIVE;
import static dev.vigil.metrics.windows.Rig.MINUTE;
import static dev.vigil.metrics.windows.WindowFunction.CHANGES;
import static dev.vigil.metrics.windows.WindowFunction.INCREASE;
import static dev.vigil.metrics.windows.WindowFunction.RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class CounterWindowsTest {

  private final Rig rig = new Rig(new SimpleMeterRegistry());

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void growsByWhatWasCountedInTheWindow() {
    Counter counter = rig.registry.counter("calls");
    Reading increase = rig.only("calls").window(INCREASE, FIVE);
    Reading rate = rig.only("calls").window(RATE, FIVE);
    rig.windows.snapshot();

    for (int i = 0; i < 10; i++) {
      counter.increment(3);
      rig.tick();
    }

    assertThat(increase.value()).isEqualTo(15);
    assertThat(rate.value()).isEqualTo(15.0 / 300);
  }

  @Test
  void countsNothingFromBeforeTheFirstSnapshotOfAMeterThatWasThere() {
    Counter counter = rig.registry.counter("calls");
    counter.increment(100);
    Reading increase = rig.only("calls").window(INCREASE, FIVE);

    rig.windows.snapshot();
    assertThat(increase.value()).isNaN();

    counter.increment(2);
    rig.tick();
    assertThat(increase.value()).isEqualTo(2);
  }

  @Test
  void countsAllOfAMeterThatWasBornUnderItsEyes() {
    Selection selection = rig.windows.select("errors");
    rig.windows.snapshot();
    rig.tick();

    rig.registry.counter("errors").increment(7);
    rig.tick();

    Reading increase = selection.series().get(0).window(INCREASE, FIVE);
    Reading rate = selection.series().get(0).window(RATE, Duration.ofMinutes(2));
    assertThat(increase.value()).isEqualTo(7);
    assertThat(rate.value()).isEqualTo(7.0 / 120);
  }

  @Test
  void countsWhatCameBetweenTheStartAndTheFirstSnapshot() {
    Selection selection = rig.windows.select("errors");
    rig.registry.counter("errors").increment(12);

    rig.tick(Duration.ofSeconds(8));

    assertThat(selection.series().get(0).window(INCREASE, FIVE).value()).isEqualTo(12);
  }

  @Test
  void countsFromZeroAfterAMeterWasRemovedAndRegisteredAgain() {
    Selection selection = rig.windows.select("errors");
    rig.windows.snapshot();
    Counter before = rig.registry.counter("errors");
    rig.tick();
    Series series = selection.series().get(0);
    Reading increase = series.window(INCREASE, FIVE);
    before.increment(18);
    rig.tick();
    before.increment(2); // nobody has seen these yet

    rig.registry.remove(before);
    rig.registry.counter("errors").increment(5);
    rig.tick();

    assertThat(selection.series()).containsExactly(series);
    assertThat(increase.value()).isEqualTo(25);
  }

  @Test
  void remembersAMeterThatWasGoneForAWhile() {
    Selection selection = rig.windows.select("errors");
    rig.windows.snapshot();
    Counter before = rig.registry.counter("errors");
    rig.tick();
    Reading increase = selection.series().get(0).window(INCREASE, FIVE);
    before.increment(18);
    rig.tick();

    rig.registry.remove(before);
    rig.tick();
    assertThat(selection.series()).isEmpty();
    assertThat(increase.value()).isNaN();

    rig.tick();
    rig.registry.counter("errors").increment(5);
    rig.tick();
    assertThat(increase.value()).isEqualTo(23);

    rig.ticks(2);
    assertThat(increase.value()).as("the 18 have left the window").isEqualTo(5);
  }

  @Test
  void takesAFallOfAFunctionCounterForAReset() {
    AtomicReference<Double> count = new AtomicReference<>(100.0);
    FunctionCounter.builder("source", count, AtomicReference::get).register(rig.registry);
    Reading increase = rig.only("source").window(INCREASE, FIVE);
    rig.windows.snapshot();

    count.set(103.0);
    rig.tick();
    count.set(4.0);
    rig.tick();
    count.set(6.0);
    rig.tick();

    assertThat(increase.value()).isEqualTo(3 + 4 + 2);
    assertThat(rig.windows.audit()).isEmpty();
  }

  @Test
  void takesADecrementForAResetAndSaysSoOnce() {
    Counter counter = rig.registry.counter("stock");
    Reading increase = rig.only("stock").window(INCREASE, FIVE);
    rig.windows.snapshot();
    counter.increment(10);
    rig.tick();

    counter.increment(-1);
    rig.tick();

    assertThat(increase.value()).isEqualTo(19);
    assertThat(rig.windows.audit())
        .singleElement()
        .asString()
        .isEqualTo(
            "ERROR meter stock: has fallen, which counts as a reset;"
                + " use a gauge for what goes up and down");
  }

  @Test
  void hasNoRateBeforeHalfOfTheWindowIsKnown() {
    Counter counter = rig.registry.counter("calls");
    Reading rate = rig.only("calls").window(RATE, FIVE);
    rig.windows.snapshot();

    for (int i = 1; i <= 5; i++) {
      counter.increment(60);
      rig.tick();
      if (i < 3) {
        assertThat(rate.value()).as("after minute %d", i).isNaN();
      } else {
        assertThat(rate.value()).as("after minute %d", i).isEqualTo(1);
      }
    }
  }

  @Test
  void leavesOutAGapInWhichNobodyLooked() {
    Counter counter = rig.registry.counter("calls");
    Reading increase = rig.only("calls").window(INCREASE, FIVE);
    Reading rate = rig.only("calls").window(RATE, FIVE);
    rig.windows.snapshot();
    for (int i = 0; i < 5; i++) {
      counter.increment(60);
      rig.tick();
    }

    counter.increment(1000);
    long gap = rig.tick(Duration.ofSeconds(181));

    assertThat(gap).isEqualTo(Duration.ofSeconds(181).toNanos());
    assertThat(increase.value()).isEqualTo(120); // two minutes are known of the last five
    assertThat(rate.value()).isNaN();

    counter.increment(60);
    assertThat(rig.tick(MINUTE)).isZero();
    assertThat(increase.value()).isEqualTo(120);
  }

  @Test
  void takesThreeIntervalsForNoGap() {
    Counter counter = rig.registry.counter("calls");
    Reading increase = rig.only("calls").window(INCREASE, FIVE);
    rig.windows.snapshot();
    counter.increment(9);

    assertThat(rig.tick(Duration.ofMinutes(3))).isZero();

    assertThat(increase.value()).isEqualTo(9);
  }

  @Test
  void looksBackByTheOffset() {
    Counter counter = rig.registry.counter("calls");
    Reading now = rig.only("calls").window(INCREASE, MINUTE);
    Reading before = rig.only("calls").window(INCREASE, MINUTE, Duration.ofMinutes(2));
    rig.windows.snapshot();

    for (int i = 1; i <= 6; i++) {
      counter.increment(i);
      rig.tick();
    }

    assertThat(now.value()).isEqualTo(6);
    assertThat(before.value()).isEqualTo(4);
  }

  @Test
  void takesASnapshotThatIsALittleLateForOneThatIsOnTime() {
    Counter counter = rig.registry.counter("calls");
    Reading increase = rig.only("calls").window(INCREASE, FIVE);
    rig.windows.snapshot();
    long[] offBySeconds = {60, 67, 53, 66, 54, 60, 62, 58, 60, 64};

    for (long off : offBySeconds) {
      counter.increment();
      rig.tick(Duration.ofSeconds(off));
    }

    assertThat(increase.value()).isEqualTo(5);
  }

  @Test
  void looksAsFarBackHoweverOftenItIsAsked() {
    Counter counter = rig.registry.counter("calls");
    Reading increase = rig.only("calls").window(INCREASE, FIVE);
    rig.windows.snapshot();

    for (int second = 10; second <= 1200; second += 10) {
      counter.increment();
      rig.tick(Duration.ofSeconds(10));
    }

    assertThat(increase.value()).isCloseTo(30, within(6.0)); // one interval more or less
  }

  @Test
  void countsChangesBetweenSnapshots() {
    Counter counter = rig.registry.counter("calls");
    Reading changes = rig.only("calls").window(CHANGES, FIVE);
    rig.windows.snapshot();
    rig.tick();
    counter.increment();
    rig.tick();
    rig.tick();
    counter.increment(5);
    rig.tick();

    assertThat(changes.value()).isEqualTo(2);
  }

  @Test
  void growsWithAWindowThatIsAskedForLater() {
    Counter counter = rig.registry.counter("calls");
    Series series = rig.only("calls");
    Reading two = series.window(INCREASE, Duration.ofMinutes(2));
    rig.windows.snapshot();
    for (int i = 0; i < 4; i++) {
      counter.increment();
      rig.tick();
    }

    Reading five = series.window(INCREASE, FIVE);
    assertThat(five.value()).as("three slots were kept").isEqualTo(2);

    for (int i = 0; i < 4; i++) {
      counter.increment();
      rig.tick();
    }
    assertThat(two.value()).isEqualTo(2);
    assertThat(five.value()).isEqualTo(5);
  }

  @Test
  void readsTheTotalAsItsLatestValue() {
    rig.registry.counter("calls").increment(42);
    Reading latest = rig.only("calls").latest();
    assertThat(latest.value()).isNaN();

    rig.windows.snapshot();

    assertThat(latest.value()).isEqualTo(42);
    assertThat(rig.only("calls").latest()).isSameAs(latest);
  }

  @Test
  void showsBytesOfACounterInKilobytes() {
    Counter counter = Counter.builder("sent").baseUnit("kilobytes").register(rig.registry);
    Series series = rig.only("sent");
    Reading increase = series.window(INCREASE, FIVE);
    rig.windows.snapshot();
    counter.increment(2);
    rig.tick();

    assertThat(increase.value()).isEqualTo(2048);
    assertThat(series.unit(INCREASE)).isEqualTo("bytes");
  }
}
