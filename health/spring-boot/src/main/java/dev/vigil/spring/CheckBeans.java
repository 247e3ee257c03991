package dev.vigil.spring;

import dev.vigil.health.AsyncHealthCheck;
import dev.vigil.health.HealthCheck;
import org.springframework.beans.factory.ListableBeanFactory;

/** Every bean that is a check, under its name. */
final class CheckBeans implements HealthPart {

  private final ListableBeanFactory beans;

  CheckBeans(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    beans.getBeansOfType(HealthCheck.class, false, true).forEach(assembly::add);
    beans.getBeansOfType(AsyncHealthCheck.class, false, true).forEach(assembly::addAsync);
  }

  @Override
  public int getOrder() {
    return BEANS;
  }
}
