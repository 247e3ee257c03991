package dev.vigil.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.vigil.core.Profile;
import java.util.Map;

/**
 * The root level for {@code logback.xml}: what {@code LOG_LEVEL} names, else the profile's that
 * {@code VIGIL_PROFILE} names. Used by {@code dev/vigil/logging/include.xml}.
 */
public final class ProfileLevel extends PropertyDefinerBase {

  /** For Logback. */
  public ProfileLevel() {}

  /**
   * The level's name.
   *
   * @throws IllegalArgumentException if a variable names no level or profile
   */
  @Override
  public String getPropertyValue() {
    Map<String, String> environment = System.getenv();
    return Profile.fromEnvironment(environment).logLevel(environment).name();
  }
}
