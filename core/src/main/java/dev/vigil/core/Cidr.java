package dev.vigil.core;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.Quoted;

/**
 * A range of addresses, {@code 10.0.0.0/8} or {@code fd00::/8}; an address alone is a range of one.
 *
 * <p>A range of IPv6 never holds an IPv4 address, not even {@code ::/0}: an operator who trusts all
 * of one family has not said a word about the other. Bits set beyond the prefix are refused, since
 * {@code 10.1.2.3/8} is a slip as often as it is meant.
 *
 * @param base the first address
 * @param prefix how many leading bits of 128 count
 */
record Cidr(IpAddress base, int prefix) {

  private static final int BITS = 128;
  private static final int V4_OFFSET = 96;

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if the text is none; the message says what is wrong with it
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    IpAddress base = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (base == null || text.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is not an address or CIDR range; names are not resolved");
    }
    // The spelling decides what the prefix counts: ::ffff:10.0.0.0/104 and 10.0.0.0/8 are the same.
    int offset = text.indexOf(':') < 0 ? V4_OFFSET : 0;
    int prefix = slash < 0 ? BITS : offset + bits(text, slash + 1, BITS - offset);
    Cidr cidr = new Cidr(base, prefix);
    IpAddress first = cidr.mask(base);
    if (!first.equals(base)) {
      throw new IllegalArgumentException(
          Quoted.of(text)
              + " has bits set beyond its prefix; write "
              + first
              + text.substring(slash));
    }
    return cidr;
  }

  private static int bits(String text, int from, int most) {
    int value = text.length() - from > 3 || from == text.length() ? -1 : 0;
    for (int i = from; value >= 0 && i < text.length(); i++) {
      char c = text.charAt(i);
      value = !Ascii.isDigit(c) ? -1 : value * 10 + (c - '0');
    }
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " needs a prefix length between 0 and " + most);
    }
    return value;
  }

  boolean contains(IpAddress address) {
    return mask(address).equals(base) && (prefix >= V4_OFFSET || !address.isV4());
  }

  private IpAddress mask(IpAddress address) {
    return new IpAddress(
        address.high() & leading(Math.min(prefix, 64)), address.low() & leading(prefix - 64));
  }

  private static long leading(int bits) {
    return bits <= 0 ? 0 : -1L << (64 - bits);
  }
}
