package dev.vigil.examples.spring;

import java.util.concurrent.CountDownLatch;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Waits for what does not come. */
class HangingHealthIndicator implements HealthIndicator {

  static final CountDownLatch END = new CountDownLatch(1);

  @Override
  public Health health() {
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Health.up().build();
  }
}
