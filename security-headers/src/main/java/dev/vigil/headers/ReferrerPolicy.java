package dev.vigil.headers;

/**
 * How much of the address of a page its links and requests tell.
 *
 * @see <a href="https://www.w3.org/TR/referrer-policy/">Referrer-Policy</a>
 */
public enum ReferrerPolicy {
  /** Nothing. */
  NO_REFERRER("no-referrer"),
  /** The whole address to its own origin, nothing to others. */
  SAME_ORIGIN("same-origin"),
  /** The origin alone, and nothing from HTTPS to HTTP. */
  STRICT_ORIGIN("strict-origin"),
  /** The whole address to its own origin, the origin to others, nothing from HTTPS to HTTP. */
  STRICT_ORIGIN_WHEN_CROSS_ORIGIN("strict-origin-when-cross-origin"),
  /** The origin alone, from HTTPS to HTTP too. */
  ORIGIN("origin"),
  /** The whole address to its own origin, the origin to others, from HTTPS to HTTP too. */
  ORIGIN_WHEN_CROSS_ORIGIN("origin-when-cross-origin"),
  /** The whole address to everyone but from HTTPS to HTTP. */
  NO_REFERRER_WHEN_DOWNGRADE("no-referrer-when-downgrade"),
  /** The whole address to everyone; the audit calls it an error. */
  UNSAFE_URL("unsafe-url");

  private final String token;

  ReferrerPolicy(String token) {
    this.token = token;
  }

  /** The value of the header {@code Referrer-Policy}. */
  public String token() {
    return token;
  }
}
