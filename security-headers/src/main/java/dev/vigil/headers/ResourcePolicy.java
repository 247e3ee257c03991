package dev.vigil.headers;

/**
 * Who may embed an answer.
 *
 * @see <a
 *     href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header">Cross-Origin-Resource-Policy</a>
 */
public enum ResourcePolicy {
  /** Pages of the same origin. */
  SAME_ORIGIN("same-origin"),
  /** Pages of the same site. */
  SAME_SITE("same-site"),
  /** Everyone: for assets that others are meant to embed. */
  CROSS_ORIGIN("cross-origin");

  private final String token;

  ResourcePolicy(String token) {
    this.token = token;
  }

  /** The value of the header {@code Cross-Origin-Resource-Policy}. */
  public String token() {
    return token;
  }
}
