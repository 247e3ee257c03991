package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testing.FakeTime;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {

  private final FakeTime time = new FakeTime();
  private final List<Long> limits = new ArrayList<>();

  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return time.read();
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          time.advance(Duration.ofNanos(nanos));
        }
      };

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  /** A server that takes its time, refuses so many connections, and then is well. */
  private Exchange server(int refusals, Duration taking) {
    return (command, limit) -> {
      limits.add(limit / 1_000_000);
      time.advance(
          taking.compareTo(Duration.ofNanos(limit)) < 0 ? taking : Duration.ofNanos(limit));
      if (limits.size() <= refusals) {
        throw new ConnectException();
      }
      return new Answer(200, "ok", false, null, taking.toNanos());
    };
  }

  private Verdict run(Exchange exchange, String... args) {
    return new Polling(Arguments.parse(args, null), exchange, clock).run();
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.read());
  }

  @Test
  void asksOnceWithoutAWait() {
    Verdict verdict = run(server(9, Duration.ofMillis(3)), "http://host/");

    assertThat(verdict).isEqualTo(new Verdict(false, "unreachable: host refuses the connection"));
    assertThat(limits).containsExactly(5000L);
    assertThat(elapsed()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void asksAgainEveryHalfSecondUntilHealthyEnough() {
    Verdict verdict = run(server(3, Duration.ofMillis(3)), "http://host/", "--wait", "60s");

    assertThat(verdict).isEqualTo(new Verdict(true, "healthy: HTTP 200 in 3 ms"));
    assertThat(limits).hasSize(4);
    assertThat(elapsed()).isEqualTo(Duration.ofMillis(3 * 500 + 4 * 3));
  }

  @Test
  void givesUpWithinTheTimeToWaitAndTellsTheLastReason() {
    Verdict verdict = run(server(999, Duration.ZERO), "http://host/", "--wait", "60s");

    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                false,
                "unreachable: host refuses the connection; gave up after 60 s and 120 attempts"));
    assertThat(elapsed()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
  }

  @Test
  void cutsTheLastAttemptToWhatIsLeftOfTheWait() {
    run(server(999, Duration.ofSeconds(9)), "http://host/", "--wait", "8s", "--timeout", "5s");

    assertThat(limits).containsExactly(5000L, 2500L);
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void takesNoLongerThanAWaitThatIsShorterThanTheTimeout() {
    Verdict verdict = run(server(999, Duration.ofSeconds(9)), "http://host/", "--wait", "300ms");

    assertThat(limits).containsExactly(300L);
    assertThat(verdict.line()).endsWith("; gave up after 300 ms and 1 attempt");
  }

  @Test
  void goesOnAfterAnswersThatAreNotGoodEnough() {
    Exchange starting =
        (command, limit) -> {
          limits.add(limit);
          boolean up = limits.size() == 3;
          return new Answer(up ? 200 : 503, "", false, null, 1);
        };

    assertThat(run(starting, "http://host/", "--wait", "9s").enough()).isTrue();
    assertThat(limits).hasSize(3);
  }

  @Test
  void stopsWhenInterruptedAndKeepsTheFlag() {
    Exchange broken =
        (command, limit) -> {
          Thread.currentThread().interrupt();
          throw new IOException("x");
        };

    Verdict verdict = run(broken, "http://host/", "--wait", "60s");

    assertThat(verdict.enough()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  /** Well, but for the attempts whose numbers are given. */
  private Exchange wellBut(Integer... bad) {
    return (command, limit) -> {
      limits.add(limit / 1_000_000);
      if (List.of(bad).contains(limits.size())) {
        throw new ConnectException();
      }
      return new Answer(200, "ok", false, null, 3_000_000);
    };
  }

  @Test
  void goesOnAskingWhereItHasToStayWell() {
    Verdict verdict = run(wellBut(), "http://host/", "--stable", "30s");

    assertThat(verdict)
        .isEqualTo(new Verdict(true, "healthy: HTTP 200 in 3 ms; stayed so for 30 s"));
    assertThat(limits).hasSize(61);
    assertThat(elapsed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void failsAtOnceWhereItDoesNotStayWellAndThereIsNoTimeToWait() {
    Verdict verdict = run(wellBut(5), "http://host/", "--stable", "30s");

    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                false,
                "unreachable: host refuses the connection; did not stay healthy enough for 30 s"));
    assertThat(limits).hasSize(5);
  }

  @Test
  void beginsAnewWhereItDoesNotStayWellAndThereIsTimeToWait() {
    Verdict verdict = run(wellBut(1, 5), "http://host/", "--wait", "10s", "--stable", "5s");

    assertThat(verdict.enough()).isTrue();
    assertThat(limits).hasSize(5 + 11);
  }

  @Test
  void givesUpOnWhatNeverStaysWell() {
    Exchange flapping =
        (command, limit) -> {
          limits.add(limit);
          if (limits.size() % 2 == 0) {
            throw new ConnectException();
          }
          return new Answer(200, "ok", false, null, 3_000_000);
        };

    Verdict verdict = run(flapping, "http://host/", "--wait", "10s", "--stable", "5s");

    assertThat(verdict.enough()).isFalse();
    assertThat(elapsed()).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }
}
