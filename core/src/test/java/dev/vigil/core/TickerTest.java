package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickerTest {

  @Test
  void neverGoesBack() {
    Ticker ticker = Ticker.system();
    long before = ticker.read();

    assertThat(ticker.read() - before).isNotNegative();
  }

  /** Real waiting is left to the JDK; what must not happen is waiting without end. */
  @Test
  void returnsAtOnceWhereThereIsNothingToWaitFor() {
    Ticker.system().park(0);
    Ticker.system().park(-1);
    Thread.currentThread().interrupt();
    Ticker.system().park(Long.MAX_VALUE);

    assertThat(Thread.interrupted()).isTrue();
  }
}
