package dev.vigil.alerts;

import static dev.vigil.alerts.Rules.rule;
import static dev.vigil.alerts.RunnerFixture.MINUTE;
import static dev.vigil.alerts.RunnerFixture.bound;
import static dev.vigil.alerts.RunnerFixture.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleRunnerTest {

  private static final Map<String, String> A = Map.of("pool", "a");
  private static final Map<String, String> B = Map.of("pool", "b");

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-alerts-");

  private final RunnerFixture fixture = new RunnerFixture();
  private final FakeCondition condition = FakeCondition.single();

  @Test
  void tellsOfTheBeginningAndTheEnd() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition).lasting(MINUTE))) {
      condition.set(Truth.TRUE);
      assertThat(fixture.evaluate(runner)).containsExactly("heap INACTIVE>PENDING");
      assertThat(fixture.sink.take()).isEmpty();
      assertThat(fixture.evaluate(runner)).containsExactly("heap PENDING>FIRING");
      assertThat(fixture.sink.take()).containsExactly("heap FIRING");
      assertThat(fixture.evaluate(runner)).isEmpty();

      condition.set(Truth.FALSE);
      assertThat(fixture.evaluate(runner)).containsExactly("heap FIRING>RESOLVED");
      assertThat(fixture.sink.take()).containsExactly("heap RESOLVED");
    }
  }

  @Test
  void eachSetOfLabelsHasItsOwnClock() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.TRUE).set(B, Truth.FALSE);
    try (RuleRunner runner = fixture.runner(rule("pool", pools).lasting(MINUTE))) {
      fixture.evaluate(runner);
      pools.set(B, Truth.TRUE);

      assertThat(fixture.evaluate(runner))
          .containsExactly("pool PENDING>FIRING {pool=a}", "pool INACTIVE>PENDING {pool=b}");
      assertThat(fixture.evaluate(runner)).containsExactly("pool PENDING>FIRING {pool=b}");
    }
  }

  @Test
  void anInstanceWhoseMeterIsRemovedEnds() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.TRUE).set(B, Truth.TRUE);
    try (RuleRunner runner = fixture.runner(rule("pool", pools))) {
      fixture.evaluate(runner);
      pools.remove(A);

      assertThat(fixture.evaluate(runner)).containsExactly("pool FIRING>RESOLVED {pool=a}");
      pools.set(A, Truth.TRUE);
      assertThat(fixture.evaluate(runner)).containsExactly("pool RESOLVED>FIRING {pool=a}");
    }
  }

  @Test
  void anInstanceWhoseMeterIsRemovedIsHeldLikeAnyOther() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.TRUE);
    try (RuleRunner runner = fixture.runner(rule("pool", pools).keeping(MINUTE))) {
      fixture.evaluate(runner);
      pools.remove(A);

      assertThat(fixture.evaluate(runner, 2))
          .containsExactly("pool FIRING>RECOVERING {pool=a}", "pool RECOVERING>RESOLVED {pool=a}");
    }
  }

  @Test
  void noMeterAtAllFiresWhereMissingDoes() {
    FakeCondition pools = FakeCondition.none();
    Rules rule = rule("pool", pools).missing(MissingPolicy.FIRE).lasting(MINUTE);
    try (RuleRunner runner = fixture.runner(rule)) {
      assertThat(fixture.evaluate(runner, 2))
          .containsExactly("pool INACTIVE>PENDING", "pool PENDING>FIRING");

      pools.set(A, Truth.FALSE);
      assertThat(fixture.evaluate(runner)).containsExactly("pool FIRING>RESOLVED");
    }
  }

  @Test
  void noMeterAtAllIsAnErrorWhereMissingIs() {
    Rules rule = rule("pool", FakeCondition.none()).missing(MissingPolicy.ERROR).lasting(MINUTE);
    try (RuleRunner runner = fixture.runner(rule)) {
      fixture.evaluate(runner, 2);

      assertThat(only(runner).state()).isEqualTo(AlertState.ERROR);
      assertThat(fixture.sink.take()).containsExactly("pool FIRING {problem=evaluation}");
      assertThat(only(runner).alerts().get(0).summary())
          .isEqualTo(
              "alert rule pool cannot be evaluated: meters that its condition needs are missing");
    }
  }

  @Test
  void aRecoveryWithoutLabelsIsForAll() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.TRUE);
    FakeCondition recovery = FakeCondition.single();
    try (RuleRunner runner = fixture.runner(rule("pool", pools).recover(recovery))) {
      fixture.evaluate(runner);
      pools.set(A, Truth.FALSE);
      assertThat(fixture.evaluate(runner)).containsExactly("pool FIRING>RECOVERING {pool=a}");
      recovery.set(Truth.TRUE);

      assertThat(fixture.evaluate(runner)).containsExactly("pool RECOVERING>RESOLVED {pool=a}");
    }
  }

  @Test
  void aRuleThatThrowsIsInErrorAndTheOthersGoOn() {
    FakeCondition other = FakeCondition.single().set(Truth.TRUE);
    try (RuleRunner runner =
        fixture.runner(rule("bad", condition).lasting(MINUTE), rule("good", other))) {
      condition.throwing(new IllegalStateException("password=hunter2"));

      assertThat(fixture.evaluate(runner))
          .containsExactly("bad INACTIVE>PENDING {problem=evaluation}", "good INACTIVE>FIRING");
      assertThat(fixture.evaluate(runner))
          .containsExactly("bad PENDING>FIRING {problem=evaluation}");

      assertThat(only(runner).state()).isEqualTo(AlertState.ERROR);
      assertThat(only(runner).problem())
          .isEqualTo("its condition failed with java.lang.IllegalStateException");
      assertThat(fixture.errors).containsExactly("evaluating alert rule bad: password=hunter2");
      assertThat(gauge("bad", "error")).isEqualTo(1);

      condition.throwing(null);
      assertThat(fixture.evaluate(runner))
          .containsExactly("bad FIRING>RESOLVED {problem=evaluation}");
      assertThat(only(runner).state()).isNotEqualTo(AlertState.ERROR);
      assertThat(gauge("bad", "error")).isZero();
    }
  }

  @Test
  void anErrorFreezesWhatIsPending() {
    try (RuleRunner runner =
        fixture.runner(rule("heap", condition).lasting(MINUTE.multipliedBy(2)))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner, 2);
      condition.problem("meter heap blocks");
      fixture.evaluate(runner, 5);
      condition.problem(null);

      assertThat(fixture.evaluate(runner))
          .containsExactly("heap PENDING>FIRING", "heap FIRING>RESOLVED {problem=evaluation}");
    }
  }

  @Test
  void tooManySetsOfLabelsAreAnErrorOfTheRule() {
    FakeCondition many = FakeCondition.none();
    for (int i = 0; i < 150; i++) {
      many.set(Map.of("uri", "/" + i), i < 100 ? Truth.TRUE : Truth.FALSE);
    }
    try (RuleRunner runner = fixture.runner(rule("slow", many))) {
      assertThat(fixture.evaluate(runner)).hasSize(100);

      many.set(Map.of("uri", "/100"), Truth.TRUE);
      assertThat(fixture.evaluate(runner))
          .containsExactly("slow INACTIVE>FIRING {problem=evaluation}");
      assertThat(only(runner).problem()).startsWith("it holds for 101 sets of labels, and at most");
      assertThat(gauge("slow", "firing")).isEqualTo(101);

      many.set(Map.of("uri", "/100"), Truth.FALSE);
      assertThat(fixture.evaluate(runner))
          .containsExactly("slow FIRING>RESOLVED {problem=evaluation}");
    }
  }

  @Test
  void aGapFiresAndResolvesNothingAndDoesNotCount() {
    FakeCondition other = FakeCondition.single().set(Truth.TRUE);
    try (RuleRunner runner =
        fixture.runner(
            rule("heap", condition).lasting(MINUTE.multipliedBy(2)), rule("firing", other))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);

      fixture.time.advance(Duration.ofHours(8));
      other.set(Truth.FALSE);
      assertThat(fixture.evaluate(runner)).isEmpty();
      other.set(Truth.TRUE);
      assertThat(fixture.evaluate(runner)).isEmpty();
      assertThat(fixture.evaluate(runner)).containsExactly("heap PENDING>FIRING");
    }
  }

  @Test
  void aSilenceKeepsTheTriggerBackAndItsEndTells() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      fixture.evaluate(runner);
      silence(runner, Map.of("rule", "heap"), MINUTE.multipliedBy(3));
      condition.set(Truth.TRUE);

      assertThat(fixture.evaluate(runner)).containsExactly("heap INACTIVE>FIRING");
      fixture.evaluate(runner);
      assertThat(fixture.sink.take()).isEmpty();
      fixture.evaluate(runner);

      assertThat(fixture.sink.take()).containsExactly("heap FIRING");
      assertThat(runner.view().silences()).isEmpty();
    }
  }

  @Test
  void whatEndedInASilenceIsNeverTold() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      fixture.evaluate(runner);
      silence(runner, Map.of(), MINUTE.multipliedBy(3));
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);
      condition.set(Truth.FALSE);
      fixture.evaluate(runner, 5);

      assertThat(fixture.sink.take()).isEmpty();
    }
  }

  @Test
  void whoWasToldBeforeASilenceIsToldOfTheEndInIt() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);
      silence(runner, Map.of(), MINUTE.multipliedBy(9));
      condition.set(Truth.FALSE);
      fixture.evaluate(runner);

      assertThat(fixture.sink.take()).containsExactly("heap FIRING", "heap RESOLVED");
    }
  }

  @Test
  void aSilenceIsForItsLabelsOnlyAndCanBeEnded() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.FALSE).set(B, Truth.FALSE);
    try (RuleRunner runner = fixture.runner(rule("pool", pools))) {
      fixture.evaluate(runner);
      Silence silence =
          silence(runner, Map.of("pool", "a", "severity", "warning"), Duration.ofHours(1));
      silence(runner, Map.of("pool", "b", "severity", "critical"), Duration.ofHours(1));
      pools.set(A, Truth.TRUE).set(B, Truth.TRUE);
      fixture.evaluate(runner);
      assertThat(fixture.sink.take()).containsExactly("pool FIRING {pool=b}");

      assertThat(runner.endSilence(silence.id())).isTrue();
      assertThat(runner.endSilence("none")).isFalse();
      fixture.evaluate(runner);
      assertThat(fixture.sink.take()).containsExactly("pool FIRING {pool=a}");
    }
  }

  @Test
  void aClockThatIsSetEndsNoSilence() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      fixture.evaluate(runner);
      silence(runner, Map.of(), Duration.ofHours(1));

      fixture.time.jumpWallClock(MINUTE.multipliedBy(2));
      fixture.evaluate(runner);

      assertThat(runner.view().silences()).hasSize(1);
    }
  }

  @Test
  void aReloadKeepsStatesWhereTheConditionIsTheSame() {
    Rules before = rule("heap", condition).lasting(MINUTE);
    try (RuleRunner runner = fixture.runner(before)) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner, 2);
      fixture.sink.take();

      FakeCondition same = FakeCondition.single().set(Truth.TRUE);
      runner.reload(
          () ->
              bound(
                  rule("heap", same)
                      .lasting(MINUTE)
                      .labelled(Map.of("team", "shop"))
                      .summary((labels, value) -> "other words")));
      assertThat(fixture.evaluate(runner)).isEmpty();

      assertThat(fixture.sink.take()).isEmpty();
      assertThat(only(runner).alerts().get(0).summary()).isEqualTo("other words");
      assertThat(only(runner).alerts().get(0).labels()).isEqualTo(Map.of("team", "shop"));
      same.set(Truth.FALSE);
      assertThat(fixture.evaluate(runner)).containsExactly("heap FIRING>RESOLVED {team=shop}");
      assertThat(fixture.sink.take()).containsExactly("heap RESOLVED {team=shop}");
    }
  }

  @Test
  void aReloadWithAnotherConditionBeginsAnew() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);
      fixture.sink.take();

      runner.reload(
          () ->
              bound(
                  rule("heap", condition).expression("x > 2").lasting(MINUTE),
                  rule("new", condition)));
      assertThat(fixture.evaluate(runner))
          .containsExactly("heap INACTIVE>PENDING", "new INACTIVE>FIRING");

      assertThat(fixture.sink.take()).containsExactly("heap RESOLVED", "new FIRING");
    }
  }

  @Test
  void aReloadWithALongerDurationSendsFiringBackToPending() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);

      runner.reload(() -> bound(rule("heap", condition).lasting(MINUTE.multipliedBy(2))));

      assertThat(fixture.evaluate(runner)).containsExactly("heap FIRING>PENDING");
      assertThat(fixture.evaluate(runner)).containsExactly("heap PENDING>FIRING");
      assertThat(fixture.sink.take())
          .containsExactly("heap FIRING", "heap RESOLVED", "heap FIRING");
    }
  }

  @Test
  void aRuleThatIsTakenAwayIsOver() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);

      runner.reload(List::of);
      fixture.evaluate(runner);

      assertThat(fixture.sink.take()).containsExactly("heap FIRING", "heap RESOLVED");
      assertThat(fixture.registry.getMeters()).isEmpty();
    }
  }

  @Test
  void closingLeavesIncidentsOpenUnlessAskedToEndThem() {
    condition.set(Truth.TRUE);
    RuleRunner leaves = fixture.runner(rule("heap", condition));
    fixture.evaluate(leaves);
    leaves.close();
    leaves.close();
    assertThat(fixture.sink.take()).containsExactly("heap FIRING");

    fixture.resolveOnShutdown = true;
    RuleRunner ends = fixture.runner(rule("other", condition));
    fixture.evaluate(ends);
    ends.close();
    assertThat(fixture.sink.take()).containsExactly("other FIRING", "other RESOLVED");
    assertThat(fixture.registry.getMeters()).isEmpty();
  }

  @Test
  void aListenerThatHangsOrThrowsDelaysNoEvaluation() throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(3);
    CountDownLatch released = new CountDownLatch(1);
    fixture.listeners.add(
        change -> {
          await(released);
          throw new IllegalStateException("broken");
        });
    fixture.listeners.add(change -> heard.countDown());
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);
      condition.set(Truth.FALSE);
      fixture.evaluate(runner);
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);
      assertThat(fixture.sink.take()).hasSize(3);
      assertThat(heard.getCount()).isEqualTo(3);

      released.countDown();

      assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(fixture.errors)
          .hasSize(3)
          .allMatch(each -> each.equals("calling an alert listener: broken"));
    }
  }

  @Test
  void aListenerThatHangsForEverLosesTheOldestAndSaysSo() {
    CountDownLatch released = new CountDownLatch(1);
    fixture.listeners.add(change -> await(released));
    RuleRunner runner = fixture.runner(rule("heap", condition));
    for (int i = 0; i < 400; i++) {
      condition.set(i % 2 == 0 ? Truth.TRUE : Truth.FALSE);
      fixture.evaluate(runner);
    }

    assertThat(fixture.errors)
        .containsExactly(
            "calling an alert listener: more than 256 calls wait, so the oldest are dropped from"
                + " now on");
    runner.close(); // interrupts it
  }

  @Test
  void keepsTheLastFiftyChangesOfEachRule() {
    FakeCondition calm = FakeCondition.single().set(Truth.TRUE);
    try (RuleRunner runner = fixture.runner(rule("flaps", condition), rule("calm", calm))) {
      for (int i = 0; i < 120; i++) {
        condition.set(i % 2 == 0 ? Truth.TRUE : Truth.FALSE);
        fixture.evaluate(runner);
      }

      assertThat(only(runner).history()).hasSize(50);
      assertThat(runner.view().rules().get(1).history()).hasSize(1);
    }
  }

  @Test
  void countsInstancesInGauges() {
    FakeCondition pools = FakeCondition.none().set(A, Truth.TRUE).set(B, Truth.FALSE);
    try (RuleRunner runner = fixture.runner(rule("pool", pools).lasting(MINUTE))) {
      fixture.evaluate(runner, 2);
      pools.set(B, Truth.TRUE);
      fixture.evaluate(runner);

      assertThat(gauge("pool", "firing")).isEqualTo(1);
      assertThat(gauge("pool", "pending")).isEqualTo(1);
      assertThat(gauge("pool", "error")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(MissingPolicy.class)
  void aSummaryThatThrowsStopsNothing(MissingPolicy policy) {
    Rules rule =
        rule("heap", condition)
            .missing(policy)
            .summary(
                (labels, value) -> {
                  throw new IllegalStateException("no");
                });
    try (RuleRunner runner = fixture.runner(rule)) {
      condition.set(Truth.TRUE);
      fixture.evaluate(runner);

      assertThat(only(runner).alerts().get(0).summary())
          .isEqualTo("heap (its summary failed with java.lang.IllegalStateException)");
    }
  }

  @Test
  void hidesSecretsInWhatPeopleSee() {
    Map<String, String> labels = Map.of("url", "https://u:hunter2@example.test/");
    FakeCondition leaky = FakeCondition.none().set(labels, Truth.TRUE);
    Rules rule = rule("leak", leaky).summary((of, value) -> "password=hunter2 at " + of.get("url"));
    try (RuleRunner runner = fixture.runner(rule)) {
      fixture.evaluate(runner);
      silence(runner, Map.of("url", "https://u:hunter2@example.test/"), MINUTE);

      assertThat(new String(runner.view().json(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("leak")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void evaluationsGoForwardInTime() {
    try (RuleRunner runner = fixture.runner(rule("heap", condition))) {
      fixture.evaluate(runner);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> runner.evaluate(fixture.time.instant().minusSeconds(120)))
          .withMessageStartingWith("evaluations go forward in time");
      assertThatIllegalStateException().isThrownBy(runner::start);
    }
  }

  private Silence silence(RuleRunner runner, Map<String, String> labels, Duration duration) {
    Silence silence =
        new Silence("" + labels.hashCode(), labels, fixture.time.instant().plus(duration), "why");
    runner.silence(silence, duration);
    return silence;
  }

  private double gauge(String rule, String state) {
    return fixture.registry.get("vigil.alerts").tags("rule", rule, "state", state).gauge().value();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
