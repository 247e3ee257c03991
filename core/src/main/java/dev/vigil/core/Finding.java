package dev.vigil.core;

import java.util.Objects;

/**
 * One thing that an {@code audit()} found: how bad, where, what, and what to do about it.
 *
 * <p>Thread-safe.
 *
 * @param severity how bad it is
 * @param where the part that it is about, for example {@code check "database"}
 * @param what what was found
 * @param fix what to do about it
 */
public record Finding(Severity severity, String where, String what, String fix) {

  /** How bad a finding is, from least to worst. */
  public enum Severity {
    /** Worth knowing; nothing has to change. */
    INFO,
    /** Works, and will hurt in a foreseeable case. */
    WARNING,
    /** Does not do what it is there for. */
    ERROR
  }

  /** Checks that nothing is missing. */
  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(fix, "fix");
  }

  /** One line: severity, where, what, fix. */
  @Override
  public String toString() {
    return severity + " " + where + ": " + what + "; " + fix;
  }
}
