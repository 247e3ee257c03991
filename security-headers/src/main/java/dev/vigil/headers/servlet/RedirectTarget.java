package dev.vigil.headers.servlet;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a plain request is sent: a host that was named before, and the path as it was asked for.
 */
final class RedirectTarget {

  private static final int HTTPS = 443;
  private static final int LONGEST = 8192;
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");

  /** RFC 3986, 3.3 and 3.4: what stands in a path or a query unescaped, and the escape itself. */
  private static final String UNESCAPED = "-._~!$&'()*+,;=:@/?%";

  private final List<String> hosts;
  private final boolean fixed;
  private final int port;

  RedirectTarget(List<String> hosts, boolean fixed, int port) {
    List<String> faults = new ArrayList<>();
    List<String> lower = new ArrayList<>();
    for (String host : hosts) {
      String name = host.strip().toLowerCase(Locale.ROOT);
      if (!HOST.matcher(name).matches()) {
        faults.add(Quoted.of(host) + " is no host name; write it without scheme, port and path");
      }
      lower.add(name);
    }
    if (hosts.isEmpty()) {
      faults.add("no host is named to redirect to; name one, or a list of those allowed");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("HTTPS redirect: " + String.join("; ", faults));
    }
    this.hosts = List.copyOf(lower);
    this.fixed = fixed;
    this.port = port;
  }

  /**
   * The address, or null where the host is not one of those allowed or the path is too long.
   *
   * @param asked the host that the request names, with or without a port; the client's invention
   * @param path the raw path
   * @param query the raw query; null if none
   */
  @Nullable String location(String asked, String path, @Nullable String query) {
    String host = fixed ? hosts.get(0) : allowed(asked);
    if (host == null || path.length() + (query == null ? 0 : query.length()) > LONGEST) {
      return null;
    }
    StringBuilder location = new StringBuilder(path.length() + 64).append("https://").append(host);
    if (port != HTTPS) {
      location.append(':').append(port);
    }
    if (!path.startsWith("/")) {
      location.append('/');
    }
    escape(path.replace("?", "%3F"), location);
    if (query != null) {
      location.append('?');
      escape(query, location);
    }
    return location.toString();
  }

  private @Nullable String allowed(String asked) {
    String host = asked.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && host.substring(colon + 1).chars().allMatch(c -> Ascii.isDigit((char) c))) {
      host = host.substring(0, colon);
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return hosts.contains(host) ? host : null;
  }

  private static void escape(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (Ascii.isAlphanumeric(c) || UNESCAPED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
  }
}
