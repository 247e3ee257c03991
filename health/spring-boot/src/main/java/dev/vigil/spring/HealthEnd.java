package dev.vigil.spring;

import dev.vigil.health.HealthRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Closes the registry after everything else has stopped and before the first bean is destroyed, so
 * that no check runs against a pool that is closed and says so in the log.
 */
final class HealthEnd implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

  private final HealthRegistry registry;
  private final ApplicationContext context;
  private volatile boolean running;
  private volatile boolean closing;

  HealthEnd(HealthRegistry registry, ApplicationContext context) {
    this.registry = registry;
    this.context = context;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    closing |= event.getApplicationContext() == context;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    if (closing) {
      registry.close();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
