package dev.vigil.logging.http;

import org.jspecify.annotations.Nullable;

/**
 * The ids in a {@code traceparent} header.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>
 */
record TraceParent(String traceId, String spanId) {

  private static final int LENGTH = 55; // 00-<32>-<16>-<2>

  /** Null where there is none or it is malformed. Later versions may be longer (section 4.3). */
  static @Nullable TraceParent parse(@Nullable String header) {
    if (header == null || header.length() < LENGTH) {
      return null;
    }
    boolean dashes =
        header.charAt(2) == '-' && header.charAt(35) == '-' && header.charAt(52) == '-';
    boolean version0 = header.startsWith("00");
    boolean ends = header.length() == LENGTH || (!version0 && header.charAt(LENGTH) == '-');
    if (!dashes
        || !ends
        || header.startsWith("ff")
        || !isHex(header, 0, 2)
        || !isHex(header, 53, 55)) {
      return null;
    }
    boolean ids = isId(header, 3, 35) && isId(header, 36, 52);
    return ids ? new TraceParent(header.substring(3, 35), header.substring(36, 52)) : null;
  }

  /** Hexadecimal and not all zeros. */
  private static boolean isId(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return isHex(text, from, to);
      }
    }
    return false;
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
