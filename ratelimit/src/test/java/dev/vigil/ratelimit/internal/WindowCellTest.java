package dev.vigil.ratelimit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowCellTest {

  /** Window numbers whose low 32 bits are zero, negative as an int, and about to wrap. */
  @ParameterizedTest
  @ValueSource(longs = {0, 29_453_760, 0x8000_0000L, 0xffff_ffffL, 176_722_559_999L})
  void countsToTheLimitAndStartsAgainInTheNextWindow(long id) {
    WindowCell cell = new WindowCell(id);

    assertThat(cell.take(id, 1, 3)).isEqualTo(1);
    assertThat(cell.take(id, 2, 3)).isEqualTo(3);
    assertThat(cell.take(id, 1, 3)).isEqualTo(~3L);
    assertThat(cell.used(id)).isEqualTo(3);

    assertThat(cell.used(id + 1)).isZero();
    assertThat(cell.take(id + 1, 3, 3)).isEqualTo(3);
  }

  @Test
  void deniesWhatDoesNotFitWholeAndConsumesNothing() {
    WindowCell cell = new WindowCell(7);
    cell.take(7, 2, 5);

    assertThat(cell.take(7, 4, 5)).isEqualTo(~2L);
    assertThat(cell.take(7, 3, 5)).isEqualTo(5);
  }

  @Test
  void neverReopensAWindowThatWasLeft() {
    WindowCell cell = new WindowCell(7);
    cell.take(7, 5, 5);
    cell.take(8, 4, 5);

    assertThat(cell.take(7, 1, 5)).isEqualTo(5);
    assertThat(cell.take(7, 1, 5)).isEqualTo(~5L);
    assertThat(cell.take(8, 1, 5)).isEqualTo(~5L);
  }

  @Test
  void givesBackInTheSameWindowOnly() {
    WindowCell cell = new WindowCell(7);
    cell.take(7, 5, 5);

    cell.giveBack(7, 2);
    assertThat(cell.used(7)).isEqualTo(3);

    cell.take(8, 1, 5);
    cell.giveBack(7, 1);
    assertThat(cell.used(8)).isEqualTo(1);
  }

  @Test
  void retiresOnlyWhenItsWindowIsOver() {
    WindowCell cell = new WindowCell(7);
    cell.take(7, 1, 5);

    assertThat(cell.retire(7)).isFalse();
    assertThat(cell.retire(8)).isTrue();
    assertThat(cell.take(8, 1, 5)).isEqualTo(WindowCell.RETIRED);
    assertThat(cell.take(8, 2, 5)).isEqualTo(WindowCell.RETIRED);
  }

  /** Single permits add without looking, several permits compare and set: both at once. */
  @Test
  void admitsExactlyTheLimitToManyThreads() throws Exception {
    WindowCell cell = new WindowCell(7);
    AtomicInteger admitted = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      int permits = i % 2 == 0 ? 1 : 3;
      threads[i] =
          new Thread(
              () -> {
                await(start);
                for (int n = 0; n < 20_000; n++) {
                  if (cell.take(7, permits, 50_000) >= 0) {
                    admitted.addAndGet(permits);
                  }
                }
              });
      threads[i].start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(admitted.get()).isEqualTo(50_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
