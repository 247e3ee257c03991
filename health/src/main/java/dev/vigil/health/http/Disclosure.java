package dev.vigil.health.http;

import dev.vigil.core.Profile;

/**
 * How much of a report a caller sees, from least to most.
 *
 * <p>The endpoint's setting is what <em>anonymous</em> callers see; whoever its {@link Authoriser}
 * grants sees {@link #DETAILS}.
 */
public enum Disclosure {
  /**
   * The overall word and the time. Checks cannot be asked one by one: whether a name exists is not
   * told either, so {@code /check/{name}}, {@code ?check=}, {@code ?exclude=} and {@code ?tag=}
   * answer 404. The default in production.
   */
  STATUS,
  /** Each check's name and word, too. The default in development and staging. */
  CHECKS,
  /** All: messages, figures, times, where a check hangs. Redacted all the same. */
  DETAILS;

  /** What anonymous callers see under a profile unless the application says otherwise. */
  static Disclosure defaultFor(Profile profile) {
    return profile == Profile.PRODUCTION ? STATUS : CHECKS;
  }
}
