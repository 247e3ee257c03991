package dev.vigil.spring;

import dev.vigil.core.Ticker;
import dev.vigil.health.HealthRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Opens readiness when the application is ready; at shutdown closes it first, and has everything
 * else wait while load balancers notice.
 *
 * <p>Stops in the first of all phases. The web server's graceful shutdown begins in phase {@code
 * SmartLifecycle.DEFAULT_PHASE - 1024} ({@code WebServerGracefulShutdownLifecycle}, in {@code
 * org.springframework.boot.web.context} of Boot 3.5 and {@code ...web.server.context} of 4.0), so
 * until this has ended requests are taken as ever.
 *
 * <p>A context that is paused or restored from a checkpoint stops its lifecycle beans too, and goes
 * on: only one that closes is drained, which is for good.
 */
final class Drain implements SmartLifecycle, SmartApplicationListener {

  /** Above {@code WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE}, 2147482623. */
  static final int PHASE = SmartLifecycle.DEFAULT_PHASE;

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private final HealthRegistry registry;
  private final ApplicationContext context;
  private final Duration delay;
  private final Ticker ticker;
  private volatile boolean running;
  private volatile boolean closing;

  Drain(HealthRegistry registry, ApplicationContext context, Duration delay, Ticker ticker) {
    this.registry = registry;
    this.context = context;
    this.delay = delay;
    this.ticker = ticker;
  }

  @Override
  public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
    return ApplicationReadyEvent.class.isAssignableFrom(type)
        || ContextClosedEvent.class.isAssignableFrom(type);
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == context) {
      registry.started();
    } else if (event instanceof ContextClosedEvent closed
        && closed.getApplicationContext() == context) {
      closing = true;
      registry.drain("shutting down");
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    if (closing && !delay.isZero()) {
      log.info("not ready any more; requests are taken for another {} s", delay.toMillis() / 1e3);
      await();
    }
    running = false;
  }

  private void await() {
    long deadline = ticker.read() + delay.toNanos();
    long left = delay.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      ticker.park(left);
      left = deadline - ticker.read();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
