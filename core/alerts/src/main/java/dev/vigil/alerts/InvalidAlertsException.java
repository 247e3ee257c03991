package dev.vigil.alerts;

import java.util.List;

/**
 * Rules, definitions or a file of them cannot be used. Tells everything that is wrong at once, so
 * that it is repaired at once; no value of a secret is in it.
 */
public final class InvalidAlertsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** More than this is one mistake many times over. */
  private static final int MOST = 50;

  private final transient List<String> faults;

  InvalidAlertsException(List<String> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  private static String message(List<String> faults) {
    if (faults.size() == 1) {
      return faults.get(0);
    }
    StringBuilder message = new StringBuilder().append(faults.size()).append(" faults:");
    faults.stream().limit(MOST).forEach(fault -> message.append("\n- ").append(fault));
    return faults.size() <= MOST
        ? message.toString()
        : message.append("\nand ").append(faults.size() - MOST).append(" more").toString();
  }

  /** What is wrong, each with its place and the way out. */
  public List<String> faults() {
    return faults;
  }
}
