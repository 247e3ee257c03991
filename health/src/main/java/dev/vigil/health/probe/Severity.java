package dev.vigil.health.probe;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How bad a finding of an audit is, from least to worst. */
enum Severity {
  INFO,
  WARNING,
  ERROR;

  /** The word in Vigil's audit, or null. */
  static @Nullable Severity of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "info", "low" -> INFO;
      case "warning", "medium" -> WARNING;
      case "error", "high" -> ERROR;
      default -> null;
    };
  }

  /**
   * Reads the command line's word.
   *
   * @throws WrongUsage unless it is one
   */
  static Severity parse(String word) {
    Severity severity = of(word);
    if (severity == null) {
      throw new WrongUsage("--fail-on takes info, warning or error (or low, medium, high)");
    }
    return severity;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
