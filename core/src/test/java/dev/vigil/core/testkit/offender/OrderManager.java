package dev.vigil.core.testkit.offender;

import dev.vigil.core.testkit.offender.internal.Hidden;
import java.util.List;
import java.util.logging.Logger;

/** Breaks every rule of the house. */
public class OrderManager {

  private static final Logger log = Logger.getLogger("offender");

  /** Shows an internal type, if only as a type argument. */
  public List<Hidden> hidden() {
    System.out.println("a library writes to its host's output");
    log.info("a second way to log");
    throw new RuntimeException("of no particular kind");
  }
}
