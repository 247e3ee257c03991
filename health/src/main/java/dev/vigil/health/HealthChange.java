package dev.vigil.health;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of a check's (damped) status.
 *
 * @param check the check's name
 * @param from what it was; {@code null} with a check's first result
 * @param to what it is now
 * @param at when, by the wall clock
 * @param message why, as the check put it; redacted
 */
public record HealthChange(
    String check,
    @Nullable HealthStatus from,
    HealthStatus to,
    Instant at,
    @Nullable String message) {

  /** Checks that nothing is missing. */
  public HealthChange {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(at, "at");
  }
}
