package dev.vigil.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word about a client is believed, and the reading of that word: {@code
 * Forwarded} (RFC 7239) and {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}.
 *
 * <p>Headers count only where the connection's peer is one of these proxies. The chain is followed
 * from the server towards the client, and ends at the first address that is not a trusted proxy:
 * what stands further left may be the client's invention. Where the chain leads to no address (a
 * hidden or garbled one, a header of more than 8 KiB of trusted hops), the client is {@value
 * Origin#UNKNOWN}, which is in no range and one key to a rate limiter, and never the proxy, whose
 * address may open doors.
 *
 * <p>Most proxies write one family of headers and pass the other through as the client sent it. So
 * where both are present they must agree: an address on which they differ is unknown, a scheme or
 * host on which they differ is the connection's own. Where clients send the other family for
 * reasons of their own, say which one your proxy writes: {@link #onlyXForwarded()}, {@link
 * #onlyForwarded()}. A proxy must write, or remove, every header of its family.
 *
 * <pre>{@code
 * TrustedProxies proxies = TrustedProxies.of("10.0.0.0/8", "fd00::/8").onlyXForwarded();
 * Origin origin =
 *     proxies.origin(
 *         request.getRemoteAddr(), request.getScheme(), request.getServerName(),
 *         name -> Collections.list(request.getHeaders(name)));
 * }</pre>
 *
 * <p>Thread-safe; never asks a name server; the work a request can cause is bounded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded HTTP Extension</a>
 */
public final class TrustedProxies {

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

  /** RFC 1918, RFC 4193 (unique local) and the link-local ranges of RFC 3927 and RFC 4291. */
  private static final List<String> PRIVATE =
      List.of(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "fc00::/7",
          "169.254.0.0/16",
          "fe80::/10");

  private final List<Cidr> ranges;
  private final boolean readForwarded;
  private final boolean readXForwarded;

  private TrustedProxies(List<Cidr> ranges, boolean readForwarded, boolean readXForwarded) {
    this.ranges = ranges;
    this.readForwarded = readForwarded;
    this.readXForwarded = readXForwarded;
  }

  /**
   * Trusts these ranges.
   *
   * @param cidrs each a range ({@code 10.0.0.0/8}), an address, {@code loopback} or {@code private}
   *     (see {@link #privateNetworks()})
   * @throws IllegalArgumentException if some are neither; the message names every one of them
   */
  public static TrustedProxies of(String... cidrs) {
    List<Cidr> ranges = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (String cidr : cidrs) {
      String text = Objects.requireNonNull(cidr, "cidr").strip();
      try {
        switch (text) {
          case "loopback" -> LOOPBACK.forEach(range -> ranges.add(Cidr.parse(range)));
          case "private" -> {
            LOOPBACK.forEach(range -> ranges.add(Cidr.parse(range)));
            PRIVATE.forEach(range -> ranges.add(Cidr.parse(range)));
          }
          default -> ranges.add(Cidr.parse(text));
        }
      } catch (IllegalArgumentException fault) {
        faults.add(fault.getMessage());
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("trusted proxies: " + String.join("; ", faults));
    }
    return new TrustedProxies(List.copyOf(ranges), true, true);
  }

  /** Trusts no one: every request is its peer's own. */
  public static TrustedProxies none() {
    return of();
  }

  /** Trusts what runs on this machine: 127.0.0.0/8 and ::1. */
  public static TrustedProxies loopback() {
    return of("loopback");
  }

  /**
   * Trusts this machine and the networks that are not routed on the Internet: 10.0.0.0/8,
   * 172.16.0.0/12, 192.168.0.0/16, fc00::/7 and link-local addresses. Fits a cluster whose pods
   * only the ingress reaches; where clients share such a network with the service, name the
   * proxies.
   */
  public static TrustedProxies privateNetworks() {
    return of("private");
  }

  /** The same proxies, read by {@code Forwarded} alone; {@code X-Forwarded-*} is ignored. */
  public TrustedProxies onlyForwarded() {
    return new TrustedProxies(ranges, true, false);
  }

  /** The same proxies, read by {@code X-Forwarded-*} alone; {@code Forwarded} is ignored. */
  public TrustedProxies onlyXForwarded() {
    return new TrustedProxies(ranges, false, true);
  }

  /**
   * Whether this address is in one of the ranges.
   *
   * @param address IPv4 or IPv6 text; anything else is in none
   */
  public boolean contains(String address) {
    IpAddress parsed = IpAddress.parse(address);
    return parsed != null && contains(parsed);
  }

  private boolean contains(IpAddress address) {
    for (Cidr range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Who really asks.
   *
   * @param peer the connection's other end, as the server sees it
   * @param scheme the connection's scheme
   * @param host the host that the request names
   * @param headers all values of a header by its name, in order; none is an empty list or null
   */
  public Origin origin(
      String peer,
      String scheme,
      String host,
      Function<String, ? extends @Nullable List<String>> headers) {
    IpAddress from = IpAddress.parse(peer);
    if (from == null || !contains(from)) {
      return new Origin(from == null ? peer : from.toString(), scheme, host);
    }
    ForwardedClaims claims = ForwardedClaims.NONE;
    if (readForwarded) {
      claims = claims.and(forwarded(headers));
    }
    if (readXForwarded) {
      claims = claims.and(xForwarded(headers));
    }
    return new Origin(
        claims.address() == null ? from.toString() : claims.address(),
        claims.scheme() == null ? scheme : claims.scheme(),
        claims.host() == null ? host : claims.host());
  }

  private ForwardedClaims forwarded(Function<String, ? extends @Nullable List<String>> headers) {
    var elements = new HeaderListFromRight(headers.apply("Forwarded"), true);
    ForwardedClaims claims =
        ForwardedClaims.follow(
            () -> {
              String element = elements.next();
              return element == null ? null : ForwardedHop.parse(element);
            },
            this::contains);
    return elements.gaveUp() ? claims.withUnknownAddress() : claims;
  }

  private ForwardedClaims xForwarded(Function<String, ? extends @Nullable List<String>> headers) {
    var nodes = new HeaderListFromRight(headers.apply("X-Forwarded-For"), false);
    var schemes = new HeaderListFromRight(headers.apply("X-Forwarded-Proto"), false);
    var hosts = new HeaderListFromRight(headers.apply("X-Forwarded-Host"), false);
    ForwardedClaims claims =
        ForwardedClaims.follow(
            () -> {
              // Proxies that append to all three write one element of each per hop.
              var hop = new ForwardedHop(nodes.next(), schemes.next(), hosts.next());
              return hop.isSilent() ? null : hop;
            },
            this::contains);
    return nodes.gaveUp() ? claims.withUnknownAddress() : claims;
  }

  /** The ranges, for a start-up line. */
  @Override
  public String toString() {
    return ranges.toString();
  }

  /**
   * Who really asks, for what.
   *
   * @param address the client's address: IPv4, IPv6 in the form of RFC 5952, {@value #UNKNOWN}, or
   *     what the server calls a peer that has no address
   * @param scheme {@code http} or {@code https} where a proxy told, else the connection's
   * @param host the host asked for, with a port where the proxy told one; chosen by the client, so
   *     check it before it goes into a link
   */
  public record Origin(String address, String scheme, String host) {

    /** The address of a client whom the trusted proxies do not name. */
    public static final String UNKNOWN = ForwardedClaims.UNKNOWN;

    /** Checks that nothing is missing. */
    public Origin {
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(scheme, "scheme");
      Objects.requireNonNull(host, "host");
    }

    /**
     * What a rate limiter counts by: an IPv4 address as it is, an IPv6 address as its /64 network,
     * the least that a subscriber is given (RFC 6177) and can change addresses in at will.
     */
    public String network() {
      IpAddress parsed = IpAddress.parse(address);
      return parsed == null ? address : parsed.network();
    }
  }
}
