package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class ShutdownSequenceTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-shutdown-");

  private final FakeTime time = new FakeTime();
  private final List<String> ran = new ArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("vigil.lifecycle");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void letGo() {
    end.countDown();
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  @Test
  void runsStepsInOrderAndSaysSo() {
    boolean clean =
        sequence()
            .step("drain", LIMIT, () -> ran.add("drain"))
            .closing("pool", LIMIT, () -> ran.add("pool"))
            .build()
            .run();

    assertThat(clean).isTrue();
    assertThat(ran).containsExactly("drain", "pool");
    assertThat(said())
        .containsExactly(
            "INFO shutdown: 2 steps",
            "INFO shutdown 1/2 drain: done in PT0S",
            "INFO shutdown 2/2 pool: done in PT0S",
            "INFO shutdown: over after PT0S");
  }

  @Test
  void goesOnBehindAStepThatFails() {
    boolean clean =
        sequence()
            .step(
                "first",
                LIMIT,
                () -> {
                  throw new IOException("password=hunter2");
                })
            .step(
                "second",
                LIMIT,
                () -> {
                  throw new AssertionError("an Error too");
                })
            .step("third", LIMIT, () -> ran.add("third"))
            .build()
            .run();

    assertThat(clean).isFalse();
    assertThat(ran).containsExactly("third");
    assertThat(said()).contains("WARN shutdown 1/3 first: failed after PT0S");
    assertThat(lines.list.get(1).getThrowableProxy().getMessage())
        .isEqualTo("java.io.IOException: password=***");
  }

  @Test
  void leavesAHangingStepBehindWhenItsTimeIsOver() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    ShutdownSequence sequence =
        sequence()
            .step(
                "hangs",
                LIMIT,
                () -> {
                  entered.countDown();
                  end.await();
                })
            .step("next", LIMIT, () -> ran.add("next"))
            .build();
    CompletableFuture<Boolean> run = start(sequence);
    time.awaitWaiting(1);
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue(); // so that there is a frame to name

    time.advance(LIMIT.minusNanos(1));
    assertThat(time.waiting()).isOne();
    time.advance(Duration.ofNanos(1));

    assertThat(run.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(ran).containsExactly("next");
    assertThat(said().get(1)).startsWith("WARN shutdown 1/2 hangs: left behind after PT5S, in ");
  }

  @Test
  void runsOnceHoweverOftenItIsAsked() {
    ShutdownSequence sequence = sequence().step("once", LIMIT, () -> ran.add("once")).build();

    assertThat(sequence.run()).isTrue();
    assertThat(sequence.run()).isTrue();

    assertThat(ran).containsExactly("once");
  }

  @Test
  void letsASecondCallerWaitForTheEnd() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    ShutdownSequence sequence =
        sequence()
            .step(
                "slow",
                LIMIT,
                () -> {
                  started.countDown();
                  end.await();
                  ran.add("slow");
                })
            .build();
    CompletableFuture<Boolean> first = start(sequence);
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Boolean> second = start(sequence);
    assertThat(second).isNotDone();
    end.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).containsExactly("slow");
  }

  @Test
  void doesNotWaitForItselfWhenAStepRunsIt() {
    AtomicReference<ShutdownSequence> self = new AtomicReference<>();
    self.set(sequence().step("again", LIMIT, () -> ran.add("" + self.get().run())).build());

    assertThat(self.get().run()).isTrue();
    assertThat(ran).containsExactly("false");
  }

  @Test
  void goesOnWhenInterruptedAndKeepsTheFlag() {
    ShutdownSequence sequence =
        sequence()
            .step("one", LIMIT, () -> ran.add("one"))
            .step("two", LIMIT, () -> ran.add("two"))
            .build();

    Thread.currentThread().interrupt();
    boolean clean = sequence.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(clean).isTrue();
    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void installsAndRemovesItsHookAnyNumberOfTimes() {
    ShutdownSequence sequence = sequence().build();

    sequence.removeHook();
    sequence.installHook();
    sequence.installHook();
    sequence.removeHook();
    sequence.removeHook();
    sequence.installHook();
    sequence.run(); // and takes the hook with it

    assertThat(said()).contains("INFO shutdown: 0 steps");
  }

  @Test
  void refusesStepsWithoutNameOrTime() {
    assertThatThrownBy(() -> sequence().step(" ", LIMIT, () -> {}))
        .hasMessage("a step's name must not be blank: the log shows it");
    assertThatThrownBy(() -> sequence().step("drain", Duration.ZERO, () -> {}))
        .hasMessage("limit of step \"drain\" must be positive but was PT0S");
  }

  private ShutdownSequence.Builder sequence() {
    return ShutdownSequence.builder().ticker(time);
  }

  private static CompletableFuture<Boolean> start(ShutdownSequence sequence) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread runner = new Thread(() -> result.complete(sequence.run()));
    runner.setDaemon(true);
    runner.start();
    return result;
  }

  private List<String> said() {
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }
}
