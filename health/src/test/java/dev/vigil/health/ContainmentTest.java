package dev.vigil.health;

import static dev.vigil.health.HealthStatus.DEGRADED;
import static dev.vigil.health.HealthStatus.HEALTHY;
import static dev.vigil.health.HealthStatus.UNHEALTHY;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class ContainmentTest {

  private final FakeTime time = new FakeTime();
  private final HealthRegistryBuilder builder =
      HealthRegistry.builder().time(time, time).chance(() -> 0.5);
  private final List<Puppet> puppets = new ArrayList<>();
  private HealthRegistry health;

  @AfterEach
  void close() {
    puppets.forEach(Puppet::release);
    if (health != null) {
      health.close();
    }
  }

  private Puppet hanging() {
    Puppet puppet = new Puppet().hangs();
    puppets.add(puppet);
    return puppet;
  }

  private HealthRegistry build() {
    health = builder.build();
    return health;
  }

  /** Asks on another thread and lets the check's 10 s pass. */
  private HealthReport askUntilTimedOut(Puppet puppet) throws Exception {
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    puppet.awaitEntered();
    time.advance(ofSeconds(10));
    return Meeting.join(asked);
  }

  @Test
  void aHungCheckIsUnhealthyFromItsTimeoutOnAndNotStartedAgain() throws Exception {
    Puppet puppet = hanging();
    builder.check("hung", puppet);
    build();

    CheckReport timedOut = askUntilTimedOut(puppet).checks().get("hung");

    assertThat(timedOut.status()).isEqualTo(UNHEALTHY);
    assertThat(timedOut.timedOut()).isTrue();
    assertThat(timedOut.message()).contains("timed out after 10 s");
    assertThat(timedOut.stuckAt())
        .anySatisfy(frame -> assertThat(frame).startsWith("dev.vigil.health.Puppet.check("));
    assertThat(timedOut.stuckAt()).hasSizeLessThanOrEqualTo(15);

    // Everyone who comes later is answered at once, by the state: with time standing still nothing
    // could wait.
    time.advance(ofSeconds(60));
    assertThat(health.check().checks().get("hung").timedOut()).isTrue();
    assertThat(puppet.runs()).isOne();
  }

  @Test
  void theDeadlineCountsFromTheStartOfTheRun() throws Exception {
    Puppet puppet = hanging();
    builder.check("hung", puppet);
    build();
    CompletableFuture<HealthReport> early = Meeting.elsewhere(health::check);
    puppet.awaitEntered();
    time.advance(ofMillis(9_999));
    CompletableFuture<HealthReport> late = Meeting.elsewhere(health::check);
    Meeting.until(() -> time.waiting() >= 3);
    assertThat(early).isNotDone();

    time.advance(ofMillis(1));

    assertThat(Meeting.join(late).checks().get("hung").timedOut()).isTrue();
    assertThat(Meeting.join(early).checks().get("hung").timedOut()).isTrue();
  }

  @Test
  void aLateResultIsTheNewest() throws Exception {
    Puppet puppet = hanging();
    builder.check("hung", puppet);
    build();
    askUntilTimedOut(puppet);

    puppet.answers(HealthResult.degraded("late"));
    puppet.release();

    Meeting.until(() -> !health.check().checks().get("hung").timedOut());
    assertThat(health.check().checks().get("hung").status()).isEqualTo(DEGRADED);
    assertThat(health.check().checks().get("hung").stuckAt()).isEmpty();
    assertThat(puppet.runs()).isOne();
  }

  @Test
  void theCheckIsToldAtItsDeadline() throws Exception {
    Puppet puppet = hanging();
    builder.check("hung", puppet);
    build();
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    puppet.awaitEntered();
    CheckContext context = puppet.context();
    CountDownLatch closedSocket = new CountDownLatch(1);
    context.onCancel(closedSocket::countDown);
    assertThat(context.cancelled()).isFalse();
    assertThat(context.remaining()).isEqualTo(ofSeconds(10));
    time.advance(ofSeconds(4));
    assertThat(context.remaining()).isEqualTo(ofSeconds(6));

    time.advance(ofSeconds(6));

    Meeting.join(asked);
    Meeting.until(context::cancelled);
    assertThat(context.remaining()).isZero();
    assertThat(closedSocket.await(30, TimeUnit.SECONDS)).isTrue();
    CountDownLatch atOnce = new CountDownLatch(1);
    context.onCancel(atOnce::countDown);
    assertThat(atOnce.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isNotInterruptedUnlessAskedFor() throws Exception {
    Puppet patient = hanging();
    Puppet interrupted = hanging();
    builder.check("patient", patient);
    builder.check("interrupted", interrupted, c -> c.interruptOnTimeout());
    build();

    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    patient.awaitEntered();
    interrupted.awaitEntered();
    time.advance(ofSeconds(10));
    Meeting.join(asked);

    Meeting.until(() -> !health.check().checks().get("interrupted").timedOut());
    assertThat(health.check().checks().get("interrupted").message())
        .contains("the check threw java.lang.InterruptedException");
    assertThat(health.check().checks().get("patient").timedOut()).isTrue();
  }

  @Test
  void aStuckCheckPassesItsFailureThresholdAllTheSame() throws Exception {
    Puppet puppet = new Puppet();
    puppets.add(puppet);
    builder.check("hung", puppet, c -> c.failureThreshold(3));
    assertThat(build().check().status()).isEqualTo(HEALTHY);
    puppet.hangs();
    time.advance(ofSeconds(2));

    HealthReport first = askUntilTimedOut(puppet);
    assertThat(first.checks().get("hung").status()).isEqualTo(HEALTHY);
    assertThat(first.checks().get("hung").rawStatus()).contains(UNHEALTHY);

    Meeting.advanceUntil(time, ofSeconds(1), () -> health.check().status() == UNHEALTHY);
    assertThat(health.check().checks().get("hung").consecutiveFailures()).isEqualTo(3);
  }

  @Test
  void moreThreadsComeOnlyWhileRunsHoldThoseThatThereAre() throws Exception {
    for (int i = 0; i < 20; i++) {
      builder.check("hung" + i, hanging());
    }
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    builder.check(
        "good",
        context -> {
          used.add(Thread.currentThread());
          return HealthResult.healthy();
        });
    build();

    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    // The queue stands still for 10 ms: only then do threads beyond the first four come.
    Meeting.advanceUntil(time, ofMillis(10), () -> used.size() == 1);
    time.advance(ofSeconds(10));

    assertThat(Meeting.join(asked).checks().get("good").status()).isEqualTo(HEALTHY);
    assertThat(used).allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    assertThat(used)
        .allSatisfy(thread -> assertThat(thread.getName()).matches("vigil-health-\\d+"));
  }

  // The response deadline

  @Test
  void aProbeIsAnsweredIn800MillisecondsWithTheLastResult() throws Exception {
    Puppet puppet = new Puppet();
    puppets.add(puppet);
    builder.check("slow", puppet, c -> c.group(HealthGroup.READINESS));
    build().started();
    assertThat(health.check(HealthGroup.READINESS).status()).isEqualTo(HEALTHY);
    puppet.hangs();
    time.advance(ofSeconds(10));

    CheckReport standing = probe(puppet, ofMillis(800)).checks().get("slow");

    assertThat(standing.status()).isEqualTo(HEALTHY);
    assertThat(standing.stale()).isTrue();
    assertThat(standing.timedOut()).isFalse();
  }

  @Test
  void aLastResultThatIsTooOldDoesNotStand() throws Exception {
    Puppet puppet = new Puppet();
    puppets.add(puppet);
    builder.check("slow", puppet, c -> c.group(HealthGroup.READINESS));
    build().started();
    health.check(HealthGroup.READINESS);
    puppet.hangs();
    time.advance(ofSeconds(30));

    CheckReport late = probe(puppet, ofMillis(800)).checks().get("slow");

    assertThat(late.status()).isEqualTo(UNHEALTHY);
    assertThat(late.timedOut()).isTrue();
    assertThat(late.message()).contains("no answer within 800 ms");
  }

  @Test
  void aCheckOfTwoSecondsPassesAOneSecondProbeFromTheSecondOn() throws Exception {
    Puppet puppet = hanging();
    builder.check("slow", puppet, c -> c.group(HealthGroup.READINESS));
    build().started();
    assertThat(probe(puppet, ofMillis(800)).status()).isEqualTo(UNHEALTHY);
    time.advance(ofMillis(1_200));
    puppet.release();
    Meeting.until(() -> !health.check().checks().get("slow").pending());

    puppet.hangs();
    time.advance(ofSeconds(8));
    HealthReport second = probe(puppet, ofMillis(800));

    assertThat(second.status()).isEqualTo(HEALTHY);
    assertThat(second.checks().get("slow").stale()).isTrue();
  }

  private HealthReport probe(Puppet puppet, Duration deadline) throws Exception {
    CompletableFuture<HealthReport> asked =
        Meeting.elsewhere(() -> health.check(HealthGroup.READINESS));
    puppet.awaitEntered();
    time.advance(deadline);
    return Meeting.join(asked);
  }

  @Test
  void anAsynchronousCallerIsAnsweredAtTheDeadlineToo() throws Exception {
    Puppet puppet = hanging();
    builder.check("slow", puppet, c -> c.group(HealthGroup.READINESS));
    build().started();
    CompletableFuture<HealthReport> asked =
        health.checkAsync(HealthQuery.group(HealthGroup.READINESS));
    puppet.awaitEntered();

    time.advance(ofMillis(800));

    assertThat(Meeting.join(asked).checks().get("slow").timedOut()).isTrue();
  }

  @Test
  void anInterruptedCallerIsAnsweredAtOnceAndStaysInterrupted() throws Exception {
    Puppet puppet = hanging();
    builder.check("slow", puppet);
    build();

    CompletableFuture<Boolean> stillInterrupted =
        Meeting.elsewhere(
            () -> {
              Thread.currentThread().interrupt();
              health.check();
              return Thread.currentThread().isInterrupted();
            });

    assertThat(Meeting.join(stillInterrupted)).isTrue();
  }

  // Asynchronous checks

  @Test
  void anAsynchronousCheckCostsNoThreadAndIsContainedAlike() throws Exception {
    List<CompletableFuture<HealthResult>> stages = Collections.synchronizedList(new ArrayList<>());
    builder.asyncCheck(
        "remote",
        context -> {
          CompletableFuture<HealthResult> stage = new CompletableFuture<>();
          stages.add(stage);
          return stage;
        });
    build();
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    Meeting.until(() -> stages.size() == 1);

    time.advance(ofSeconds(10));

    assertThat(Meeting.join(asked).checks().get("remote").timedOut()).isTrue();
    assertThat(Meeting.join(asked).checks().get("remote").stuckAt()).isEmpty();
    time.advance(ofSeconds(60));
    health.check();
    assertThat(stages).hasSize(1);

    stages.get(0).complete(HealthResult.healthy());
    Meeting.until(() -> health.check().status() == HEALTHY);
    assertThat(stages).hasSize(1);
  }

  @Test
  void anAsynchronousCheckMayFailInEveryWay() {
    builder.asyncCheck(
        "throws",
        context -> {
          throw new IllegalStateException();
        });
    builder.asyncCheck("null", context -> null);
    builder.asyncCheck(
        "fails", context -> CompletableFuture.failedFuture(new IllegalArgumentException()));
    builder.asyncCheck("nothing", context -> CompletableFuture.completedFuture(null));
    builder.asyncCheck(
        "wrapped",
        context ->
            CompletableFuture.completedFuture(1)
                .thenApply(
                    one -> {
                      throw new UnsupportedOperationException();
                    }));

    HealthReport report = build().check();

    assertThat(report.checks().get("throws").message())
        .contains("the check threw java.lang.IllegalStateException");
    assertThat(report.checks().get("null").message())
        .contains("the check threw java.lang.NullPointerException");
    assertThat(report.checks().get("fails").message())
        .contains("the check threw java.lang.IllegalArgumentException");
    assertThat(report.checks().get("nothing").message())
        .contains("the check returned null instead of a result");
    assertThat(report.checks().get("wrapped").message())
        .contains("the check threw java.lang.UnsupportedOperationException");
  }

  // The application's executor

  @Test
  void anExecutorThatRefusesIsAFailure() {
    builder.executor(
        run -> {
          throw new RejectedExecutionException();
        });
    builder.check("refused", context -> HealthResult.healthy());

    CheckReport refused = build().check().checks().get("refused");

    assertThat(refused.status()).isEqualTo(UNHEALTHY);
    assertThat(refused.message()).contains("the executor refused to run the check");
  }

  @Test
  void anExecutorWithoutAFreeThreadIsAFailureThatIsTriedAgain() throws Exception {
    List<Runnable> queue = Collections.synchronizedList(new ArrayList<>());
    builder.executor(queue::add);
    builder.check("starved", context -> HealthResult.healthy());
    build();
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    Meeting.until(() -> queue.size() == 1);

    time.advance(ofSeconds(10));
    assertThat(Meeting.join(asked).checks().get("starved").message())
        .contains("no thread was free to run the check within 10 s");

    time.advance(ofSeconds(2));
    CompletableFuture<HealthReport> again = Meeting.elsewhere(health::check);
    Meeting.until(() -> queue.size() == 2);
    queue.forEach(Runnable::run);
    assertThat(Meeting.join(again).status()).isEqualTo(HEALTHY);
  }

  // Closing

  @Test
  void afterCloseNothingRunsAndTheWholeIsUnhealthy() {
    Puppet puppet = new Puppet();
    builder.check("puppet", puppet);
    build().started();
    health.check();

    health.close();
    health.close();
    time.advance(ofSeconds(5));

    assertThat(health.check().status()).isEqualTo(UNHEALTHY);
    assertThat(health.check().reason()).contains("closed");
    assertThat(health.check(HealthGroup.LIVENESS).status()).isEqualTo(HEALTHY);
    assertThat(puppet.runs()).isOne();
  }

  @Test
  void closeCancelsRunsAndAnswersWhoeverWaits() throws Exception {
    Puppet puppet = hanging();
    builder.check("hung", puppet);
    build();
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    CompletableFuture<HealthReport> async = health.checkAsync();
    puppet.awaitEntered();
    puppet.context().onCancel(puppet::release);

    health.close();

    assertThat(Meeting.join(asked).reason()).contains("closed");
    assertThat(Meeting.join(async).reason()).contains("closed");
  }
}
