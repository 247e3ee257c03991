package dev.vigil.logging;

import static dev.vigil.logging.LineQueue.Place.COMMON;
import static dev.vigil.logging.LineQueue.Place.RESERVED;
import static dev.vigil.logging.LineQueue.Worth.IMPORTANT;
import static dev.vigil.logging.LineQueue.Worth.INDISPENSABLE;
import static dev.vigil.logging.LineQueue.Worth.ORDINARY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineQueueTest {

  private static final Line LINE = new Line(Level.INFO, new byte[1], new byte[1], new byte[0]);

  private final LineQueue queue = new LineQueue(10, 2);

  private void fill(LineQueue.Worth worth, int lines) {
    for (int i = 0; i < lines; i++) {
      queue.put(queue.enter(worth, false), LINE);
    }
  }

  @Test
  void dropsOrdinaryLinesWhenAFifthIsLeft() {
    fill(ORDINARY, 8);

    assertThat(queue.enter(ORDINARY, true)).isNull();
    assertThat(queue.enter(IMPORTANT, true)).isEqualTo(COMMON);
    assertThat(queue.hasRoom()).isFalse();
  }

  @Test
  void givesImportantLinesTheReserveAndThenDropsThem() {
    fill(IMPORTANT, 10);

    assertThat(queue.enter(IMPORTANT, true)).isEqualTo(RESERVED);
    assertThat(queue.enter(IMPORTANT, true)).isEqualTo(RESERVED);
    assertThat(queue.enter(IMPORTANT, true)).isNull();
  }

  @Test
  void letsNothingWaitOnTheThreadThatMakesRoom() {
    fill(IMPORTANT, 12);

    assertThat(queue.enter(INDISPENSABLE, false)).isNull();
  }

  @Test
  void letsAnIndispensableLineWaitForAPlace() throws Exception {
    fill(IMPORTANT, 12);
    CompletableFuture<LineQueue.Place> place =
        CompletableFuture.supplyAsync(() -> queue.enter(INDISPENSABLE, true));

    queue.written(queue.next(0));

    assertThat(place.get(10, TimeUnit.SECONDS)).isEqualTo(COMMON);
  }

  @Test
  void keepsTheFlagOfAnInterruptedThreadAndUsesTheReserve() {
    fill(IMPORTANT, 10);
    Thread.currentThread().interrupt();

    LineQueue.Place place = queue.enter(IMPORTANT, true);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(place).isEqualTo(RESERVED);
  }

  @Test
  void hasPlacesAgainWhenLinesAreWritten() throws Exception {
    fill(IMPORTANT, 12);

    for (int i = 0; i < 12; i++) {
      queue.written(queue.next(0));
    }

    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.hasRoom()).isTrue();
    fill(IMPORTANT, 12);
  }

  @Test
  void dropsLargeLinesBeforeTheyFillTheHeap() throws Exception {
    byte[] large = new byte[(int) LineQueue.MOST_BYTES];
    queue.put(COMMON, new Line(Level.ERROR, large, large, new byte[0]));

    assertThat(queue.enter(ORDINARY, true)).isNull();
    assertThat(queue.enter(IMPORTANT, true)).isNull();
    assertThat(queue.enter(INDISPENSABLE, true)).isEqualTo(COMMON);

    queue.written(queue.next(0));
    assertThat(queue.enter(ORDINARY, true)).isEqualTo(COMMON);
  }

  @Test
  void isWokenWithoutALineAndLosesNone() throws Exception {
    queue.wake();
    queue.wake();
    fill(ORDINARY, 1);
    queue.wake();

    assertThat(queue.next(0)).isNotNull();
    assertThat(queue.next(0)).isNull();
    assertThat(queue.isEmpty()).isTrue();
  }
}
