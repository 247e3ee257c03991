package dev.vigil.health.internal.reading;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How well the service is, from best to worst, and the words that the formats have for it. */
public enum Status {
  HEALTHY,
  DEGRADED,
  UNHEALTHY;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word of Vigil's own format. */
  public String word() {
    return word;
  }

  /** The status that a word of any format means, in any case, or null for one that none knows. */
  public static @Nullable Status of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "healthy", "up", "pass", "ok" -> HEALTHY;
      case "degraded", "warn", "unknown" -> DEGRADED;
      case "unhealthy", "down", "fail", "error", "out_of_service" -> UNHEALTHY;
      default -> null;
    };
  }

  /** As {@link #of}; a word of someone's own is neither good nor bad news, so it is degraded. */
  public static Status ofAny(String word) {
    Status known = of(word);
    return known == null ? DEGRADED : known;
  }

  public Status worst(@Nullable Status other) {
    return other == null || compareTo(other) >= 0 ? this : other;
  }
}
