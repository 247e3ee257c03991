package dev.vigil.headers.servlet;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The nonce of a request: 128 random bits in 22 characters that need no escaping in HTML, the same
 * for every dispatch of the request.
 *
 * <p>Code calls {@link #of}; views print the request attribute {@value #ATTRIBUTE}: {@code <script
 * nonce="${cspNonce}">} in JSP, {@code th:attr="nonce=${cspNonce}"} in Thymeleaf. Where there is no
 * nonce to be had, both throw and say why, since a page with a wrong nonce only fails in the
 * browser.
 *
 * <p>Never log it.
 */
public final class CspNonce {

  /** The request attribute that holds the request's nonce. */
  public static final String ATTRIBUTE = "cspNonce";

  final Rule rule;

  /** The policy's text that the answer carries; null where it carries none with a nonce. */
  final @Nullable String drawn;

  /** Cut out of the text when it is first asked for. Two threads may both do it, to one result. */
  private @Nullable String nonce;

  CspNonce(Rule rule, @Nullable String drawn) {
    this.rule = rule;
    this.drawn = drawn;
  }

  /**
   * The nonce of this request.
   *
   * @throws IllegalStateException if the request did not pass a {@link SecurityHeadersFilter}
   */
  public static CspNonce of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof CspNonce found) {
      return found;
    }
    throw new IllegalStateException(
        "this request has no nonce since it did not pass SecurityHeadersFilter; map the filter to /*");
  }

  /**
   * The nonce.
   *
   * @throws IllegalStateException if the policy of this path uses no nonce, or the response was
   *     committed before the filter could send one
   */
  public String value() {
    String known = nonce;
    if (known == null) {
      known = rule.headers.nonceOf(sent());
      nonce = known;
    }
    return known;
  }

  private String sent() {
    if (drawn != null) {
      return drawn;
    }
    throw new IllegalStateException(
        rule.headers.usesNonce()
            ? "the response was committed before SecurityHeadersFilter could send a nonce; put the"
                + " filter before whatever commits it"
            : "the policy of this path uses no nonce; give the path a policy with scriptSrc(src ->"
                + " src.nonce()), SecurityHeaders.strict() for example");
  }

  /** As {@link #value()}, for views, which print attributes so. */
  @Override
  public String toString() {
    return value();
  }
}
