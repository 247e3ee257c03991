package dev.vigil.health.probe;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** Where a server sends us. Loaded only when one does. */
final class Redirect {

  private Redirect() {}

  /** The target of a {@code Location} header (RFC 9110, 10.2.2), or null if it is not http(s). */
  static @Nullable URL target(URL from, String location) {
    try {
      URI target = from.toURI().resolve(new URI(location));
      boolean web = target.getScheme().startsWith("http") && target.getHost() != null;
      return web ? target.toURL() : null;
    } catch (URISyntaxException | MalformedURLException | IllegalArgumentException notOne) {
      return null;
    }
  }

  /** Only there may the request's credentials go (RFC 6454, 4). */
  static boolean sameOrigin(URL one, URL other) {
    return one.getProtocol().equalsIgnoreCase(other.getProtocol())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  /** Scheme, host, port and path: the rest may hold secrets. */
  static String shown(URL url) {
    StringBuilder shown = new StringBuilder(url.getProtocol()).append("://").append(url.getHost());
    if (url.getPort() >= 0) {
      shown.append(':').append(url.getPort());
    }
    return shown.append(url.getPath()).toString();
  }

  private static int port(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }
}
