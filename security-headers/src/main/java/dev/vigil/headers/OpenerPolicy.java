package dev.vigil.headers;

/**
 * Whether windows of other origins keep a handle on a page that they open or are opened by.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies">Cross-Origin-Opener-Policy</a>
 */
public enum OpenerPolicy {
  /** Only windows of the same origin. */
  SAME_ORIGIN("same-origin"),
  /** As same-origin, and pop-ups that the page opens, for sign-in and payment windows. */
  SAME_ORIGIN_ALLOW_POPUPS("same-origin-allow-popups"),
  /** Cut off from its opener, even of the same origin; its own pop-ups stay. */
  NOOPENER_ALLOW_POPUPS("noopener-allow-popups"),
  /** Everyone, as if there were no header. */
  UNSAFE_NONE("unsafe-none");

  private final String token;

  OpenerPolicy(String token) {
    this.token = token;
  }

  /** The value of the header {@code Cross-Origin-Opener-Policy}. */
  public String token() {
    return token;
  }
}
