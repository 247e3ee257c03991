package dev.vigil.headers;

import java.util.List;

/**
 * A policy that must not go out. Carries every fault that was found, not the first alone.
 *
 * <p>Each fault names the header or directive, what came, and what to write instead. Foreign text
 * is quoted, cut short and free of control characters.
 */
public final class PolicyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  PolicyException(List<String> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  private static String message(List<String> faults) {
    if (faults.size() == 1) {
      return faults.get(0);
    }
    return "a policy with " + faults.size() + " faults:\n- " + String.join("\n- ", faults);
  }

  /** The faults, in the order of the headers. */
  public List<String> faults() {
    return faults;
  }
}
