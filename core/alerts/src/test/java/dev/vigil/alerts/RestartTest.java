package dev.vigil.alerts;

import static dev.vigil.alerts.Rules.rule;
import static dev.vigil.alerts.RunnerFixture.MINUTE;
import static dev.vigil.alerts.RunnerFixture.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vigil.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  private final FakeTime time = new FakeTime();
  private final FakeSink sink = new FakeSink();
  private final FakeCondition condition = FakeCondition.single().set(Truth.TRUE);
  @TempDir Path directory;

  @Test
  void pendingGoesOnAndTimeWithoutTheProcessDoesNotCount() {
    Rules rule = rule("heap", condition).lasting(MINUTE.multipliedBy(5));
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule);
    before.evaluate(first, 3); // two minutes of pending
    Instant activeAt = only(first).alerts().get(0).activeAt();
    first.close();

    time.advance(Duration.ofMinutes(30));

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule)) {
      assertThat(after.evaluate(second, 3)).isEmpty();
      assertThat(after.evaluate(second)).containsExactly("heap PENDING>FIRING");
      assertThat(only(second).alerts().get(0).activeAt()).isEqualTo(activeAt);
    }
  }

  @Test
  void firingStaysFiringAndNobodyIsToldTwice() {
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition).lasting(MINUTE));
    before.evaluate(first, 2);
    first.close();
    assertThat(sink.take()).containsExactly("heap FIRING");

    RunnerFixture after = new RunnerFixture(time, new FakeSink());
    after.stateFile = path();
    try (RuleRunner second = after.runner(rule("heap", condition).lasting(MINUTE))) {
      assertThat(after.evaluate(second, 3)).isEmpty();
      assertThat(only(second).state()).isEqualTo(AlertState.FIRING);
      assertThat(after.sink.take()).isEmpty();

      condition.set(Truth.FALSE);
      after.evaluate(second);
      assertThat(after.sink.take()).containsExactly("heap RESOLVED");
    }
  }

  @Test
  void firingThatNobodyCouldBeToldOfIsToldAfterTheRestart() throws IOException {
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition));
    before.evaluate(first);
    first.close();
    String file = Files.readString(path());
    Files.writeString(path(), file.replaceAll("\"delivered\":\\[[^]]*]", "\"delivered\":[]"));

    RunnerFixture after = new RunnerFixture(time, new FakeSink());
    after.stateFile = path();
    try (RuleRunner second = after.runner(rule("heap", condition))) {
      assertThat(after.evaluate(second)).isEmpty();

      assertThat(after.sink.take()).containsExactly("heap FIRING");
    }
  }

  @Test
  void falseTwiceAfterTheRestartIsTheEndAndIsTold() {
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition));
    before.evaluate(first);
    first.close();
    sink.take();

    condition.set(Truth.FALSE);
    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("heap", condition))) {
      assertThat(after.evaluate(second)).isEmpty();
      assertThat(after.evaluate(second)).containsExactly("heap FIRING>RESOLVED");

      assertThat(sink.take()).containsExactly("heap RESOLVED");
    }
  }

  @Test
  void aHoldGoesOnWhereItStopped() {
    Rules rule = rule("heap", condition).keeping(MINUTE.multipliedBy(4));
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule);
    before.evaluate(first);
    condition.set(Truth.FALSE);
    before.evaluate(first, 3); // two minutes of the hold
    first.close();
    time.advance(Duration.ofMinutes(20));

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule)) {
      assertThat(after.evaluate(second, 2)).isEmpty();
      assertThat(only(second).state()).isEqualTo(AlertState.RECOVERING);
      assertThat(after.evaluate(second)).containsExactly("heap RECOVERING>RESOLVED");
      assertThat(sink.take()).containsExactly("heap FIRING", "heap RESOLVED");
    }
  }

  @Test
  void firingWaitsForWindowsToFill() {
    Rules rule = rule("errors", condition).warmUp(MINUTE.multipliedBy(3));
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule);
    before.evaluate(first);
    first.close();

    condition.set(Truth.MISSING);
    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule)) {
      assertThat(after.evaluate(second, 3)).isEmpty();
      condition.set(Truth.TRUE);
      assertThat(after.evaluate(second)).isEmpty();

      assertThat(only(second).state()).isEqualTo(AlertState.FIRING);
      assertThat(sink.take()).containsExactly("errors FIRING");
    }
  }

  @Test
  void anInstanceWhoseMeterDoesNotComeBackEnds() {
    FakeCondition pools = FakeCondition.none().set(Map.of("pool", "a"), Truth.TRUE);
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("pool", pools));
    before.evaluate(first);
    first.close();

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("pool", FakeCondition.none()))) {
      assertThat(after.evaluate(second, 2)).containsExactly("pool FIRING>RESOLVED {pool=a}");
      assertThat(sink.take()).containsExactly("pool FIRING {pool=a}", "pool RESOLVED {pool=a}");
    }
  }

  @Test
  void whatIsOlderThanAnHourIsTakenAsOver() {
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition));
    before.evaluate(first);
    first.close();
    time.advance(Duration.ofHours(1));

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("heap", condition).lasting(MINUTE))) {
      assertThat(after.evaluate(second)).containsExactly("heap INACTIVE>PENDING");

      assertThat(sink.take()).containsExactly("heap FIRING", "heap RESOLVED");
    }
  }

  @Test
  void anotherConditionOrARuleThatIsGoneIsTakenAsOver() {
    RunnerFixture before = fixture();
    RuleRunner first =
        before.runner(rule("heap", condition), rule("gone", condition).labelled(Map.of("t", "x")));
    before.evaluate(first);
    first.close();
    sink.take();

    RunnerFixture after = fixture();
    condition.set(Truth.FALSE);
    try (RuleRunner second = after.runner(rule("heap", condition).expression("x > 2"))) {
      after.evaluate(second);

      assertThat(sink.take()).containsExactlyInAnyOrder("heap RESOLVED", "gone RESOLVED");
    }
  }

  @Test
  void aSilenceSurvivesAndItsEndTells() {
    RunnerFixture before = fixture();
    condition.set(Truth.FALSE);
    RuleRunner first = before.runner(rule("heap", condition));
    before.evaluate(first);
    Duration lasting = MINUTE.multipliedBy(10);
    first.silence(new Silence("1", Map.of(), time.instant().plus(lasting), "deploying"), lasting);
    condition.set(Truth.TRUE);
    before.evaluate(first);
    first.close();

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("heap", condition))) {
      after.evaluate(second, 9);
      assertThat(sink.take()).isEmpty();
      after.evaluate(second);

      assertThat(sink.take()).containsExactly("heap FIRING");
    }
  }

  @Test
  void aSilenceThatEndedMeanwhileTellsAtOnce() {
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition));
    first.silence(new Silence("1", Map.of(), time.instant().plus(MINUTE), "deploying"), MINUTE);
    before.evaluate(first);
    first.close();
    assertThat(sink.take()).isEmpty();
    time.advance(Duration.ofMinutes(10));

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("heap", condition))) {
      after.evaluate(second);

      assertThat(sink.take()).containsExactly("heap FIRING");
    }
  }

  @Test
  void aRuleInErrorStaysInErrorUntold() {
    condition.problem("a meter blocks");
    RunnerFixture before = fixture();
    RuleRunner first = before.runner(rule("heap", condition));
    before.evaluate(first);
    first.close();

    RunnerFixture after = fixture();
    try (RuleRunner second = after.runner(rule("heap", condition))) {
      assertThat(after.evaluate(second)).isEmpty();

      assertThat(sink.take()).containsExactly("heap FIRING {problem=evaluation}");
      assertThat(only(second).state()).isEqualTo(AlertState.ERROR);
    }
  }

  @Test
  void twoEnginesDoNotShareAFile() {
    RunnerFixture fixture = fixture();
    RuleRunner first = fixture.runner(rule("heap", condition));

    assertThatIllegalStateException()
        .isThrownBy(() -> fixture.runner(rule("heap", condition)))
        .withMessageContaining("is used by another process or engine");

    first.close();
    fixture.runner(rule("heap", condition)).close();
  }

  private RunnerFixture fixture() {
    RunnerFixture fixture = new RunnerFixture(time, sink);
    fixture.stateFile = path();
    return fixture;
  }

  private Path path() {
    return directory.resolve("alerts.json");
  }
}
