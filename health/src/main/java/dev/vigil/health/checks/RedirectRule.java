package dev.vigil.health.checks;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where a redirect may lead: to the same host, and never from HTTPS to HTTP. Pure. */
final class RedirectRule {

  private RedirectRule() {}

  /** Whether a status says that the answer is elsewhere (RFC 9110, 15.4). */
  static boolean redirects(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Where {@code location} leads from {@code from}; empty where that is no address at all. */
  static Optional<URI> target(URI from, Optional<String> location) {
    try {
      return location
          .map(from::resolve)
          .filter(to -> to.getHost() != null && to.getScheme() != null && to.getUserInfo() == null);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The same scheme, host and port, or HTTPS on the same host. */
  static boolean allows(URI from, URI to) {
    String scheme = to.getScheme().toLowerCase(Locale.ROOT);
    boolean sameServer =
        scheme.equals(from.getScheme().toLowerCase(Locale.ROOT)) && port(from) == port(to);
    boolean upgrade = from.getScheme().equalsIgnoreCase("http") && scheme.equals("https");
    return from.getHost().equalsIgnoreCase(to.getHost()) && (sameServer || upgrade);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
