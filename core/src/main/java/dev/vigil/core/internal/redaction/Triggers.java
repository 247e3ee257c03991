package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.SuppressForbidden;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where in a text a rule is asked: told by a character and the one before it, so that prose, which
 * is letters, spaces and small numbers, passes with one look into a table for each character.
 *
 * <p>A text is copied into bytes first, piece by piece, since two of them are read as one index and
 * a {@code String} has to be asked for each character by itself; that halves the time.
 */
final class Triggers {

  /** {@code = :}: a key may end here. */
  static final int KEY = 1;

  /** A sign, or a pair of letters, with which some other shape is recognised. */
  static final int SHAPE = 2;

  /** Letters or signs and digits meet: the word looks made. */
  static final int MADE = 4;

  /** The second digit of a number. */
  static final int NUMBER = 8;

  /** A quote that opens behind a space or a bracket. */
  static final int QUOTE = 16;

  /** The first dash of a word. */
  static final int OPTION = 32;

  /** How much of a text is copied at a time: most are shorter, and it stays in the first cache. */
  private static final int WINDOW = 4096;

  /** A window of each thread's own; an array, which holds no application's class loader. */
  private static final ThreadLocal<byte[]> WINDOWS =
      ThreadLocal.withInitial(() -> new byte[WINDOW + 1]);

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** By the character, times 256, and the one before it; of both the lower eight bits. */
  private static final byte[] PAIRS = new byte[1 << 16];

  static {
    for (char before = 0; before < 256; before++) {
      for (char c = 0; c < 256; c++) {
        PAIRS[c << 8 | before] = (byte) (sign(before, c) | number(before, c));
      }
    }
    // eyJ of a JSON Web Token; AKIA, ASIA, AIza
    for (String pair : "yJ AK AS AI".split(" ", -1)) {
      PAIRS[pair.charAt(1) << 8 | pair.charAt(0)] |= SHAPE;
    }
  }

  private Triggers() {}

  private static int sign(char before, char c) {
    boolean first = Chars.isBlank(before);
    return switch (c) {
      case '=', ':' -> KEY;
      case '%', '>', '@', 'B' -> SHAPE; // B: Bearer, Basic, -----BEGIN
      case '_', '.' -> Tokens.isBeforeSign(before, c) ? SHAPE : 0;
      case '-' ->
          (Tokens.isBeforeSign(before, c) ? SHAPE : 0)
              | (first || Chars.isQuote(before) ? OPTION : 0);
      case '"', '\'' -> first || before == '(' ? QUOTE : 0;
      default -> 0;
    };
  }

  private static int number(char before, char c) {
    boolean digit = Ascii.isDigit(c);
    if (digit && Ascii.isDigit(before)) {
      return NUMBER;
    }
    boolean meet = digit ? !Chars.isBlank(before) : Ascii.isDigit(before) && !Chars.isBlank(c);
    return meet ? MADE : 0;
  }

  /** This thread's window. Nothing else may look for triggers while it is in use. */
  static byte[] window() {
    return WINDOWS.get();
  }

  /**
   * Fills the window with the character before {@code from} and what follows.
   *
   * @return where in the text the window ends
   */
  @SuppressWarnings("deprecation") // since it drops the upper bits, which is what is wanted
  @SuppressForbidden("the same")
  static int fill(byte[] window, CharSequence text, int from) {
    int end = Math.min(text.length(), from + WINDOW);
    window[0] = from == 0 ? (byte) ' ' : (byte) text.charAt(from - 1);
    if (text instanceof String string) {
      string.getBytes(from, end, window, 1);
    } else {
      for (int i = from; i < end; i++) {
        window[i - from + 1] = (byte) text.charAt(i);
      }
    }
    return end;
  }

  /**
   * The next place where a rule is to be asked, or {@code to} where there is none.
   *
   * <p>Other than Latin-1 is taken for what its lower bits say: rules look for themselves.
   *
   * @param from where in the window to begin: 0 is the text's character at which it was filled
   * @param to where the window's text ends
   */
  static int next(byte[] window, int from, int to) {
    for (int at = from; at < to; at++) {
      if (PAIRS[(short) SHORTS.get(window, at) & 0xffff] != 0) {
        return at;
      }
    }
    return to;
  }

  /** Which rules are asked at a place in the window. */
  static int at(byte[] window, int at) {
    return PAIRS[(short) SHORTS.get(window, at) & 0xffff];
  }
}
