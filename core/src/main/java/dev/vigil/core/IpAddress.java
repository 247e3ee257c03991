package dev.vigil.core;

import dev.vigil.core.internal.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as 128 bits, read from text without ever asking a name server.
 *
 * <p>IPv4 is held as IPv4-mapped IPv6 ({@code ::ffff:0:0/96}, RFC 4291, 2.5.5.2), so that both
 * spellings of one address are equal. IPv4 text is four decimal numbers without leading zeros,
 * since {@code 010} is 8 to some parsers and 10 to others. A zone ({@code %eth0}) is dropped: it
 * names this host's interface, not the other's address.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
record IpAddress(long high, long low) {

  /** 39 for eight groups, 45 with an IPv4 tail, and room for a zone. */
  private static final int LONGEST = 64;

  private static final long MAPPED = 0xffff_0000_0000L;
  private static final int GROUPS = 8;

  /** Reads an address; null where the text is none. */
  static @Nullable IpAddress parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      long v4 = parseV4(text);
      return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
    }
    int zone = text.indexOf('%');
    return parseV6(zone < 0 ? text : text.substring(0, zone));
  }

  boolean isV4() {
    return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
  }

  /** The 32 bits of IPv4, or -1 where the text is no IPv4 address. */
  private static long parseV4(String text) {
    long bits = 0;
    int parts = 0;
    int at = 0;
    while (true) {
      int value = 0;
      int start = at;
      while (at < text.length() && Ascii.isDigit(text.charAt(at)) && at - start < 3) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      if (at == start || value > 255 || leadingZero) {
        return -1;
      }
      bits = (bits << 8) | value;
      if (++parts == 4) {
        return at == text.length() ? bits : -1;
      }
      if (at == text.length() || text.charAt(at++) != '.') {
        return -1;
      }
    }
  }

  private static @Nullable IpAddress parseV6(String text) {
    int[] groups = new int[GROUPS];
    int filled = 0;
    int gap = -1; // how many groups stand before "::"
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int end = text.indexOf(':', at);
      end = end < 0 ? text.length() : end;
      if (text.indexOf('.', at) >= 0 && end == text.length()) {
        long v4 = parseV4(text.substring(at));
        if (v4 < 0 || filled > GROUPS - 2) {
          return null;
        }
        groups[filled++] = (int) (v4 >>> 16);
        groups[filled++] = (int) (v4 & 0xffff);
        break;
      }
      int group = hex(text, at, end);
      if (group < 0 || filled == GROUPS) {
        return null;
      }
      groups[filled++] = group;
      at = end + 1;
      if (at < text.length() && text.charAt(at) == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = filled;
        at++;
      } else if (at == text.length() && end < text.length()) {
        return null; // ends in a single colon
      }
    }
    return gap < 0 ? whole(groups, filled) : spread(groups, filled, gap);
  }

  private static @Nullable IpAddress whole(int[] groups, int filled) {
    return filled == GROUPS ? of(groups) : null;
  }

  private static @Nullable IpAddress spread(int[] groups, int filled, int gap) {
    if (filled == GROUPS) {
      return null; // "::" stands for at least one group
    }
    int[] all = new int[GROUPS];
    System.arraycopy(groups, 0, all, 0, gap);
    System.arraycopy(groups, gap, all, GROUPS - (filled - gap), filled - gap);
    return of(all);
  }

  private static IpAddress of(int[] groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS / 2; i++) {
      high = (high << 16) | groups[i];
      low = (low << 16) | groups[i + GROUPS / 2];
    }
    return new IpAddress(high, low);
  }

  private static int hex(String text, int from, int to) {
    if (from == to || to - from > 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Ascii.hexValue(text.charAt(i));
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private int group(int index) {
    long half = index < GROUPS / 2 ? high : low;
    return (int) (half >>> (16 * (GROUPS / 2 - 1 - index % (GROUPS / 2)))) & 0xffff;
  }

  /** Dotted decimal for IPv4, RFC 5952's canonical form for IPv6. */
  @Override
  public String toString() {
    if (isV4()) {
      return ((low >>> 24) & 0xff)
          + "."
          + ((low >>> 16) & 0xff)
          + "."
          + ((low >>> 8) & 0xff)
          + "."
          + (low & 0xff);
    }
    int gapStart = -1;
    int gapLength = 1; // RFC 5952, 4.2.2: one group alone is not shortened
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && group(i + run) == 0) {
        run++;
      }
      if (run > gapLength) {
        gapStart = i;
        gapLength = run;
      }
      i += run;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  /** The first 64 bits of an IPv6 address in CIDR form; an IPv4 address as it is. */
  String network() {
    return isV4() ? toString() : new IpAddress(high, 0) + "/64";
  }
}
