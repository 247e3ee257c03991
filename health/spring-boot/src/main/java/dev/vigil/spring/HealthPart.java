package dev.vigil.spring;

import org.springframework.core.Ordered;

/** Adds something to the registry once all beans are there; called in order. */
interface HealthPart extends Ordered {

  /** Beans of type HealthCheck: their names come first. */
  int BEANS = 0;

  /** What the starter checks by itself. */
  int OWN = 100;

  /** Actuator's indicators, which take the names that are left. */
  int ACTUATOR = 200;

  /** What shows the checks, and wants all of them. */
  int VIEWS = 300;

  void addTo(HealthAssembly assembly);
}
