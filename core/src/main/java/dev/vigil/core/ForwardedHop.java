package dev.vigil.core;

import dev.vigil.core.internal.Ascii;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about the request as it received it. A part is null where the proxy did not
 * say it, and what is no scheme or host is as good as not said.
 *
 * @param node who sent the request: an address, {@code unknown} or an obfuscated name
 * @param scheme {@code http} or {@code https}
 * @param host the host that was asked for, with its port if it had one
 */
record ForwardedHop(@Nullable String node, @Nullable String scheme, @Nullable String host) {

  /** A name of 253 characters (RFC 1035, 2.3.4) with a port. */
  private static final int LONGEST_HOST = 259;

  /** A hop whose text cannot be understood: someone sent it, no one knows who. */
  static final ForwardedHop GARBLED = new ForwardedHop("unknown", null, null);

  ForwardedHop {
    scheme = scheme == null ? null : scheme(scheme);
    host = host == null || !isHost(host) ? null : host;
  }

  /**
   * Reads one element of a {@code Forwarded} header (RFC 7239, section 4): pairs separated by
   * semicolons, values bare or in double quotes, names in any letter case, each at most once.
   */
  static ForwardedHop parse(String element) {
    String node = null;
    String scheme = null;
    String host = null;
    int at = 0;
    while (at < element.length()) {
      int equals = element.indexOf('=', at);
      if (equals < 0) {
        return GARBLED;
      }
      String name = element.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      int end = valueEnd(element, equals + 1);
      String value = end < 0 ? null : value(element.substring(equals + 1, end).strip());
      if (value == null || name.isEmpty()) {
        return GARBLED;
      }
      switch (name) {
        case "for" -> {
          if (node != null) {
            return GARBLED;
          }
          node = value;
        }
        case "proto" -> scheme = value;
        case "host" -> host = value;
        default -> {} // "by", and extensions that the RFC allows
      }
      at = end + 1;
    }
    return new ForwardedHop(node, scheme, host);
  }

  /** The index of the semicolon after a value, or the end; -1 for a quote that is never closed. */
  private static int valueEnd(String element, int from) {
    boolean quoted = false;
    for (int i = from; i < element.length(); i++) {
      char c = element.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return quoted ? -1 : element.length();
  }

  /** The value without quotes and escapes; null where it is neither bare nor all in quotes. */
  private static @Nullable String value(String text) {
    if (!text.startsWith("\"")) {
      return text.chars().allMatch(ForwardedHop::isBare) ? text : null;
    }
    return text.length() > 1 && text.endsWith("\"") ? unquote(text) : null;
  }

  /** Of a token, or of an IPv6 address whose quotes were forgotten. */
  private static boolean isBare(int c) {
    return c > ' ' && c < 0x7f && c != '=' && c != '"' && c != '\\';
  }

  private static @Nullable String unquote(String value) {
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 1; i < value.length() - 1; i++) {
      char c = value.charAt(i);
      if (c == '"') {
        return null;
      }
      plain.append(c == '\\' && i < value.length() - 2 ? value.charAt(++i) : c);
    }
    return plain.toString();
  }

  /** Whether the proxy said nothing at all. */
  boolean isSilent() {
    return node == null && scheme == null && host == null;
  }

  /** The node's address, whatever port follows it; null where it hides or is none. */
  @Nullable IpAddress address() {
    if (node == null) {
      return null;
    }
    if (node.startsWith("[")) {
      int close = node.indexOf(']');
      boolean ended = close == node.length() - 1 || node.startsWith(":", close + 1);
      return close > 0 && ended ? v6(node.substring(1, close)) : null;
    }
    int colon = node.indexOf(':');
    boolean v4WithPort = colon >= 0 && node.indexOf(':', colon + 1) < 0;
    return IpAddress.parse(v4WithPort ? node.substring(0, colon) : node);
  }

  private static @Nullable IpAddress v6(String text) {
    return text.indexOf(':') < 0 ? null : IpAddress.parse(text);
  }

  private static @Nullable String scheme(String text) {
    return "https".equalsIgnoreCase(text) ? "https" : "http".equalsIgnoreCase(text) ? "http" : null;
  }

  private static boolean isHost(String text) {
    if (text.isEmpty() || text.length() > LONGEST_HOST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Ascii.isAlphanumeric(c) && "-._:[]".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
