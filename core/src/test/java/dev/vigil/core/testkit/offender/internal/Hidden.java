package dev.vigil.core.testkit.offender.internal;

import dev.vigil.core.testkit.offender.OrderManager;

/** Closes a cycle of packages. */
public class Hidden {
  OrderManager owner;
}
