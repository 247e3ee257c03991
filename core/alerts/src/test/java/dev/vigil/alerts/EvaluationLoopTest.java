package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvaluationLoopTest {

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-alerts-");

  private final FakeTime time = new FakeTime();
  private final List<Long> evaluatedAt = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> during = new AtomicReference<>(() -> {});
  private final EvaluationLoop loop =
      new EvaluationLoop(
          time,
          INTERVAL,
          () -> {
            evaluatedAt.add(Duration.ofNanos(time.read()).toSeconds());
            during.get().run();
          },
          (doing, failure) -> errors.add(doing + ": " + failure));

  @Test
  void evaluatesInSlotsFromTheStart() {
    loop.start();
    time.awaitWaiting(1);
    time.advance(Duration.ofSeconds(14));
    time.advance(Duration.ofSeconds(1));
    time.awaitWaiting(1);
    time.advance(INTERVAL);
    time.awaitWaiting(1);
    loop.close();

    assertThat(evaluatedAt).containsExactly(0L, 15L, 30L);
    assertThat(loop.missed()).isZero();
  }

  @Test
  void anOverrunCostsTheSlotsItCoversAndNoMore() {
    loop.start();
    time.awaitWaiting(1);
    during.set(() -> time.advance(Duration.ofSeconds(40)));
    time.advance(INTERVAL); // at 15, until 55: the slots at 30 and 45 are gone
    time.awaitWaiting(1);
    during.set(() -> {});
    time.advance(Duration.ofSeconds(5));
    time.awaitWaiting(1);
    loop.close();

    assertThat(evaluatedAt).containsExactly(0L, 15L, 60L);
    assertThat(loop.missed()).isEqualTo(2);
  }

  @Test
  void whatAnEvaluationThrowsIsReportedAndTheNextOneComes() {
    during.set(
        () -> {
          throw new StackOverflowError("deep");
        });
    loop.start();
    time.awaitWaiting(1);
    time.advance(INTERVAL);
    time.awaitWaiting(1);
    loop.close();

    assertThat(evaluatedAt).containsExactly(0L, 15L);
    assertThat(errors)
        .containsExactly(
            "evaluating alert rules: java.lang.StackOverflowError: deep",
            "evaluating alert rules: java.lang.StackOverflowError: deep");
  }

  @Test
  void knowsWhetherItIsOnTime() {
    assertThat(loop.onTime()).isFalse();
    loop.start();
    time.awaitWaiting(1);
    assertThat(loop.onTime()).isTrue();
    loop.close();

    time.advance(Duration.ofSeconds(29));
    assertThat(loop.onTime()).isTrue();
    time.advance(Duration.ofSeconds(1));
    assertThat(loop.onTime()).isFalse();
  }
}
