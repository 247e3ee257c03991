package dev.vigil.health;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named set of checks that are asked together. Three names have a meaning of their own (see their
 * constants); any other is the application's.
 *
 * <p>A check belongs to no group unless it is put into one; it is then part of the whole ({@code
 * /health}) only.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}, at most 100 characters
 */
public record HealthGroup(String name) {

  // Before the constants below, which are checked by it.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Would a restart help? Holds only what a restart cures, hence hardly ever a dependency. */
  public static final HealthGroup LIVENESS = new HealthGroup("liveness");

  /** May traffic be sent here? Always holds the built-in "started and not draining". */
  public static final HealthGroup READINESS = new HealthGroup("readiness");

  /**
   * Has the application started? Once all of its checks have passed it stays healthy, and they run
   * no more.
   */
  public static final HealthGroup STARTUP = new HealthGroup("startup");

  /** Checks the name. */
  public HealthGroup {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a group's name must be 1 to 100 letters, digits, '.', '_' or '-', beginning with a letter or digit;"
              + " this one has "
              + name.length()
              + " characters and does not fit");
    }
  }

  /**
   * A group of the application's own.
   *
   * @throws IllegalArgumentException if the name does not fit (see {@link HealthGroup})
   */
  public static HealthGroup of(String name) {
    return new HealthGroup(name);
  }
}
