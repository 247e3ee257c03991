package dev.vigil.logging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of JSON as it grows, in UTF-8. Not thread-safe.
 *
 * <p>Every string goes through {@link #text}, which escapes whatever some reader takes for the end
 * of a line or for a terminal's command: C0 and C1 controls (among them U+0085), U+2028, U+2029,
 * bidirectional overrides, and halves of surrogate pairs.
 */
final class JsonLine {

  /** What log shippers take as one event: Docker splits at 16 KB, most receivers at 256 KB. */
  static final int LONGEST = 256 * 1024;

  /** Room for names, marks and braces once the values have used theirs. */
  private static final int VALUES_END = LONGEST - 16 * 1024;

  private static final int LONGEST_VALUE = 128 * 1024;

  private static final int CHUNK = 1024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** ASCII that stands for itself in a JSON string. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    Arrays.fill(PLAIN, ' ', 0x7f, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private byte[] bytes;
  private int length;

  /** Uses {@code buffer} while it is large enough. */
  JsonLine(byte[] buffer) {
    bytes = buffer;
  }

  /** The buffer, grown where it had to. */
  byte[] buffer() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Whether values may still be added: names without room for a value are better left out. */
  boolean hasRoom() {
    return length < VALUES_END;
  }

  /** Appends what is JSON already, in ASCII. */
  JsonLine raw(byte[] ascii) {
    ensure(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
    return this;
  }

  JsonLine raw(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Appends a name's or number's ASCII characters as they are. */
  JsonLine raw(String ascii) {
    ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends a whole string, quotes included; cut with a mark where it is too long. */
  JsonLine string(String value) {
    raw('"');
    text(value, LONGEST_VALUE);
    return raw('"');
  }

  /**
   * Appends the inside of a string.
   *
   * @param most the most bytes that it may take, its mark not counted
   * @return whether all of it had room
   */
  boolean text(String value, int most) {
    int end = Math.min(VALUES_END, length + most);
    int at = 0;
    while (at < value.length()) {
      if (length >= end) {
        cutMark(value.length() - at);
        return false;
      }
      int next = Math.min(value.length(), at + Math.min(CHUNK, end - length));
      if (next < value.length()
          && Character.isHighSurrogate(value.charAt(next - 1))
          && Character.isLowSurrogate(value.charAt(next))) {
        next++; // a pair stays together
      }
      chunk(value, at, next);
      at = next;
    }
    return true;
  }

  private void cutMark(int left) {
    raw("...[cut ").raw(Integer.toString(left)).raw(" characters]");
  }

  private void chunk(String value, int from, int to) {
    ensure(6 * (to - from)); // \\u001b: six bytes for one character
    byte[] out = bytes;
    int n = length;
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (c < 128) {
        if (PLAIN[c]) {
          out[n++] = (byte) c;
        } else {
          n = escapeAscii(out, n, c);
        }
      } else if (c < 0xa0 || isUnsafe(c)) {
        n = escape(out, n, c);
      } else if (c < 0x800) {
        out[n++] = (byte) (0xc0 | c >> 6);
        out[n++] = following(c);
      } else if (!Character.isSurrogate(c)) {
        out[n++] = (byte) (0xe0 | c >> 12);
        out[n++] = following(c >> 6);
        out[n++] = following(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        out[n++] = (byte) (0xf0 | point >> 18);
        out[n++] = following(point >> 12);
        out[n++] = following(point >> 6);
        out[n++] = following(point);
      } else {
        n = escape(out, n, '\ufffd'); // half a pair is no character, and some readers refuse it
      }
    }
    length = n;
  }

  /** A byte of UTF-8 that is not a character's first. */
  private static byte following(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  /** Ends of lines to some readers (U+2028, U+2029), and what turns the order of characters. */
  static boolean isUnsafe(char c) {
    return (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
  }

  private static int escapeAscii(byte[] out, int at, char c) {
    char letter =
        switch (c) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (letter == 0) {
      return escape(out, at, c);
    }
    out[at] = '\\';
    out[at + 1] = (byte) letter;
    return at + 2;
  }

  private static int escape(byte[] out, int at, char c) {
    out[at] = '\\';
    out[at + 1] = 'u';
    out[at + 2] = HEX[c >> 12];
    out[at + 3] = HEX[c >> 8 & 15];
    out[at + 4] = HEX[c >> 4 & 15];
    out[at + 5] = HEX[c & 15];
    return at + 6;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
