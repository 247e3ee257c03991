package dev.vigil.health.http;

import dev.vigil.core.Secret;
import dev.vigil.core.TrustedProxies;
import java.util.Optional;

/**
 * Decides whether a caller may see {@linkplain Disclosure#DETAILS details}.
 *
 * <pre>{@code
 * HealthEndpoint.builder(registry)
 *     .authoriser(Authoriser.bearer(token).or(Authoriser.addresses(proxies, "10.0.0.0/8")))
 *     .build();
 * }</pre>
 *
 * <p>Called once a request, on the server's threads, concurrently; must not block. What it throws
 * is reported and counts as {@link Verdict#NONE}: nobody sees more than the anonymous, and liveness
 * still answers.
 */
@FunctionalInterface
public interface Authoriser {

  /** What an authoriser finds. */
  enum Verdict {
    /** The caller presents nothing that would grant it more: it sees what the anonymous see. */
    NONE,
    /** The caller sees details. */
    GRANTED,
    /** The caller presents credentials that are wrong: 401, and nothing of the report. */
    REFUSED
  }

  /** Judges a caller by its request. */
  Verdict judge(HealthRequest request);

  /**
   * How a refused caller could do better: the value of {@code WWW-Authenticate} (RFC 9110, 11.6.1).
   * Empty by default, where no header is sent.
   */
  default Optional<String> challenge() {
    return Optional.empty();
  }

  /**
   * Grants where this one or the other grants; refuses where neither does and one refuses.
   *
   * @param other is not asked where this one grants
   */
  default Authoriser or(Authoriser other) {
    return new EitherAuthoriser(this, other);
  }

  /**
   * Grants {@code Authorization: Bearer <token>} (RFC 6750). Compares in constant time. Any other
   * {@code Authorization} is refused, whatever its scheme; one over 4096 characters without being
   * read.
   */
  static Authoriser bearer(Secret token) {
    return new HeaderAuthoriser("Bearer", "Bearer realm=\"health\"", token);
  }

  /**
   * Grants {@code Authorization: Basic <user:password in Base64>} (RFC 7617, UTF-8). Compares user
   * and password in constant time. Any other {@code Authorization} is refused, whatever its scheme;
   * one over 4096 characters without being read.
   *
   * @throws IllegalArgumentException if {@code user} contains a colon, which the scheme cannot
   *     carry
   */
  static Authoriser basic(String user, Secret password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "user must not contain a colon, which ends the user in Basic credentials (RFC 7617, 2)");
    }
    return new HeaderAuthoriser(
        "Basic",
        "Basic realm=\"health\", charset=\"UTF-8\"",
        Secret.of(user + ":" + password.reveal()));
  }

  /**
   * Grants callers by address, and refuses no one.
   *
   * @param proxies whose word on the client's address is taken; {@link TrustedProxies#none()} to
   *     look at the connection alone
   * @param cidrs addresses and ranges, for example {@code 10.0.0.0/8}, {@code ::1}
   * @throws IllegalArgumentException if a range is malformed, or none is given
   */
  static Authoriser addresses(TrustedProxies proxies, String... cidrs) {
    if (cidrs.length == 0) {
      throw new IllegalArgumentException(
          "addresses(..) needs one address or range at least, for example \"10.0.0.0/8\"");
    }
    return new AddressAuthoriser(proxies, TrustedProxies.of(cidrs));
  }
}
