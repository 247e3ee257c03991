package dev.vigil.core;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a chain of trusted proxies says in the end about a request. A part is null where none of
 * them said it.
 *
 * @param address the client's address in canonical form, or {@code unknown}
 * @param scheme the scheme that the client used
 * @param host the host that the client asked for
 */
record ForwardedClaims(@Nullable String address, @Nullable String scheme, @Nullable String host) {

  /** RFC 7239, 6.2: the word for a client that is not told. */
  static final String UNKNOWN = "unknown";

  /** More proxies in a row than anyone runs; a chain of only trusted addresses has to end. */
  private static final int MOST_HOPS = 50;

  static final ForwardedClaims NONE = new ForwardedClaims(null, null, null);

  /**
   * Follows the hops from the server towards the client and stops at the first one that is not
   * trusted, since what stands beyond it is the client's own invention.
   *
   * @param next the next hop; null at the end
   */
  static ForwardedClaims follow(
      Supplier<@Nullable ForwardedHop> next, Predicate<IpAddress> trusted) {
    ForwardedClaims claims = NONE;
    for (int hops = 0; hops < MOST_HOPS; hops++) {
      ForwardedHop hop = next.get();
      if (hop == null) {
        return claims;
      }
      IpAddress address = hop.address();
      claims = claims.overriddenBy(hop, address);
      if (address == null || !trusted.test(address)) {
        return claims;
      }
    }
    return claims.withUnknownAddress();
  }

  private ForwardedClaims overriddenBy(ForwardedHop hop, @Nullable IpAddress from) {
    String claimed = from != null ? from.toString() : hop.node() != null ? UNKNOWN : address;
    return new ForwardedClaims(
        claimed,
        hop.scheme() != null ? hop.scheme() : scheme,
        hop.host() != null ? hop.host() : host);
  }

  ForwardedClaims withUnknownAddress() {
    return new ForwardedClaims(UNKNOWN, scheme, host);
  }

  /**
   * What both sets of headers support: a part that one of them states, or both state alike. Where
   * they differ one of the two is the client's invention and nothing tells which: the address is
   * then unknown, and scheme and host are as good as not said.
   */
  ForwardedClaims and(ForwardedClaims other) {
    boolean contradiction =
        address != null && other.address != null && !address.equals(other.address);
    return new ForwardedClaims(
        contradiction ? UNKNOWN : either(address, other.address),
        either(scheme, other.scheme),
        either(host, other.host));
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Objects.equals(one, other) ? one : null;
  }
}
