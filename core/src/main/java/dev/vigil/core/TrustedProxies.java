package dev.vigil.core;

import java.util.List;
import java.util.function.Function;

/** SKELETON. */
public final class TrustedProxies {
  private TrustedProxies() {}

  /** SKELETON. */
  public static TrustedProxies of(String... cidrs) {
    return new TrustedProxies();
  }

  /** SKELETON. */
  public static TrustedProxies none() {
    return new TrustedProxies();
  }

  /** SKELETON. */
  public static TrustedProxies loopback() {
    return new TrustedProxies();
  }

  /** SKELETON: whether this address is inside one of the ranges. */
  public boolean contains(String address) {
    return false;
  }

  /**
   * SKELETON: address, scheme and host of who really asks. Peer values as the server sees them;
   * headers by name, all values.
   */
  public Origin origin(
      String peer, String scheme, String host, Function<String, List<String>> headers) {
    return new Origin(peer, scheme, host);
  }

  /** SKELETON. */
  public record Origin(String address, String scheme, String host) {}
}
