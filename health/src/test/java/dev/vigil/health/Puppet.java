package dev.vigil.health;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A check that does as the test says: answers with what was set, or hangs until released. */
final class Puppet implements HealthCheck {

  private final AtomicInteger runs = new AtomicInteger();
  private volatile HealthResult result = HealthResult.healthy();
  private volatile CountDownLatch entered = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CheckContext context;
  private volatile boolean remote;

  @Override
  public HealthResult check(CheckContext context) throws Exception {
    this.context = context;
    runs.incrementAndGet();
    entered.countDown();
    gate.await();
    return result;
  }

  @Override
  public boolean remote() {
    return remote;
  }

  Puppet remotely() {
    remote = true;
    return this;
  }

  void answers(HealthResult next) {
    result = next;
  }

  void fails() {
    answers(HealthResult.unhealthy("as told"));
  }

  void recovers() {
    answers(HealthResult.healthy());
  }

  /** From the next run on. */
  Puppet hangs() {
    entered = new CountDownLatch(1);
    gate = new CountDownLatch(1);
    return this;
  }

  void release() {
    gate.countDown();
  }

  void awaitEntered() throws InterruptedException {
    if (!entered.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the check was not run");
    }
  }

  int runs() {
    return runs.get();
  }

  CheckContext context() {
    return context;
  }
}
