package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;
import java.util.List;

/** Keys and their values: {@code password=x}, {@code "token": "x"}, {@code token%3Dx}. */
final class Assignments {

  /**
   * How sentences go on behind "password:"; a colon before one of these words ends no key. From
   * Bean Validation's messages and those of the JDK and the usual drivers.
   */
  private static final List<String> PROSE =
      List.of(
          ("must should cannot may is was are not no required missing invalid expired empty null"
                  + " too size length has does authentication")
              .split(" "));

  private static final String VALUE = "value";

  private static final String ENCODED_QUOTE = "%22";

  /** Between a name and the word "value": a line's end and the next one's indentation. */
  private static final int LONGEST_GAP = 32;

  private final SensitiveKeys keys;

  Assignments(SensitiveKeys keys) {
    this.keys = keys;
  }

  /** At an equals sign or a colon: the kind of the key before it. */
  Kind kindAt(CharSequence text, int at) {
    Kind kind = keys.endingAt(text, at);
    return kind == Kind.NONE ? namedBefore(text, at) : kind;
  }

  /**
   * At the same, behind a key.
   *
   * @param nested whether an opening bracket before it is not closed yet
   */
  long at(CharSequence text, int at, Kind kind, boolean nested) {
    int value = at + 1;
    // ":=", "=>", "==", "::": one operator of two characters.
    if (value < text.length() && ":=>".indexOf(text.charAt(value)) >= 0) {
      value++;
    }
    if (text.charAt(at) == ':' && goesOnAsProse(text, value)) {
      return Span.NONE;
    }
    if (text.charAt(at) == '=' && !Chars.isSpace(text.charAt(at - 1)) && isNextKey(text, value)) {
      return Span.NONE;
    }
    return Values.at(text, value, kind, at, nested);
  }

  /**
   * {@code name="password" value="x"}, the same as members of a JSON object, and as lines of YAML.
   */
  private Kind namedBefore(CharSequence text, int at) {
    int end = at;
    while (end > 0
        && at - end < 2
        && (Chars.isQuote(text.charAt(end - 1)) || text.charAt(end - 1) == ' ')) {
      end--;
    }
    int start = end - VALUE.length();
    if (start < 2 || text.charAt(end - 1) != 'e' || !Chars.startsWith(text, start, VALUE)) {
      return Kind.NONE;
    }
    boolean quoted = false;
    int nameEnd = start;
    while (nameEnd > 0 && start - nameEnd < LONGEST_GAP) {
      char c = text.charAt(nameEnd - 1);
      if (!Chars.isQuote(c) && c != ',' && !Character.isWhitespace(c)) {
        break;
      }
      quoted |= Chars.isQuote(c) && nameEnd < start;
      nameEnd--;
    }
    return quoted || isName(text, nameEnd) ? keys.endingAt(text, nameEnd) : Kind.NONE;
  }

  /** Whether what ends here is the value of {@code name:}, as Kubernetes lists variables. */
  private static boolean isName(CharSequence text, int end) {
    int at = end;
    while (at > 0 && end - at < 64 && Chars.isKey(text.charAt(at - 1))) {
      at--;
    }
    return Chars.startsWith(text, at - "name: ".length(), "name: ");
  }

  /** At a percent sign: {@code token%3Dx} in a URL or form that is another's parameter. */
  long encodedAt(CharSequence text, int at) {
    int value = signEnd(text, at);
    if (value < 0) {
      return Span.NONE;
    }
    int end = Chars.startsWith(text, at - ENCODED_QUOTE.length(), ENCODED_QUOTE) ? at - 3 : at;
    return keys.endingAt(text, end) == Kind.NONE ? Span.NONE : Values.encoded(text, value);
  }

  private static int signEnd(CharSequence text, int at) {
    // An equals sign or a colon, encoded once or twice.
    if (Chars.startsWithWord(text, at, "%3d") || Chars.startsWithWord(text, at, "%3a")) {
      return at + "%3d".length();
    }
    boolean twice = Chars.startsWithWord(text, at, "%253d");
    return twice ? at + "%253d".length() : -1;
  }

  /** At the first digit of an escape: {@code token\\u003dx}, as Gson writes texts. */
  long escapedAt(CharSequence text, int at) {
    int start = at - "\\u".length();
    boolean sign = Chars.startsWith(text, start, "\\u003d");
    return sign && keys.endingAt(text, start) != Kind.NONE
        ? Values.escaped(text, start + "\\u003d".length())
        : Span.NONE;
  }

  private static boolean goesOnAsProse(CharSequence text, int at) {
    int start = Chars.skipSpaces(text, at);
    if (start == at) {
      return false;
    }
    int end = start;
    while (end < text.length() && end - start < 16 && isLowerCase(text.charAt(end))) {
      end++;
    }
    if (end < text.length() && !Chars.isSpace(text.charAt(end))) {
      return false;
    }
    for (int i = 0; i < PROSE.size(); i++) {
      String word = PROSE.get(i);
      if (end - start == word.length() && Chars.startsWith(text, start, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLowerCase(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** {@code password= user=x}: an empty value, and another key with its value behind a space. */
  private static boolean isNextKey(CharSequence text, int at) {
    int start = Chars.skipSpaces(text, at);
    int end = start;
    while (end < text.length() && end - start < 64 && Chars.isKey(text.charAt(end))) {
      end++;
    }
    boolean equalsSign = start > at && end > start && Chars.startsWith(text, end, "=");
    // Base64's padding ends a word.
    return equalsSign && end + 1 < text.length() && text.charAt(end + 1) > '=';
  }
}
