package dev.vigil.alerts.internal.text;

import dev.vigil.core.internal.NearestName;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The way out of a mistyped word. */
public final class Hints {

  private Hints() {}

  /** "did you mean ...?", or null where nothing is near. */
  public static @Nullable String nearest(String mistyped, Collection<String> known) {
    return NearestName.of(mistyped, known).map(near -> "did you mean " + near + "?").orElse(null);
  }
}
