package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;
import java.util.List;

/** Keys and their values: {@code password=x}, {@code "token": "x"}, {@code <secret>x</secret>}. */
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

  /** How far back a start tag's attributes are followed. */
  private static final int LONGEST_TAG = 128;

  private final SensitiveKeys keys;

  Assignments(SensitiveKeys keys) {
    this.keys = keys;
  }

  /** At an equals sign or a colon. */
  long at(CharSequence text, int at, boolean nested) {
    Kind kind = keys.endingAt(text, at);
    if (kind == Kind.NONE) {
      kind = namedBefore(text, at);
    }
    if (kind == Kind.NONE) {
      return Span.NONE;
    }
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

  /** {@code name="password" value="x"}, and the same as members of a JSON object. */
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
    int name = start;
    while (name > 0 && start - name < 4) {
      char c = text.charAt(name - 1);
      if (!Chars.isQuote(c) && c != ' ' && c != ',') {
        break;
      }
      quoted |= Chars.isQuote(c);
      name--;
    }
    return quoted ? keys.endingAt(text, name) : Kind.NONE;
  }

  /** At a percent sign: {@code token%3Dx} in a URL that is another's parameter. */
  long encodedAt(CharSequence text, int at) {
    boolean equalsSign = Chars.startsWithWord(text, at, "%3d");
    return equalsSign && keys.endingAt(text, at) != Kind.NONE
        ? Values.encoded(text, at + "%3D".length())
        : Span.NONE;
  }

  /** At the end of a start tag: {@code <password>}, {@code <password type="text">}. */
  long elementAt(CharSequence text, int at) {
    int nameEnd = at > 0 && Chars.isQuote(text.charAt(at - 1)) ? attributesStart(text, at) : at;
    if (keys.endingAt(text, nameEnd) == Kind.NONE) {
      return Span.NONE;
    }
    int name = nameEnd;
    while (name > 0 && nameEnd - name < 64 && isElementName(text.charAt(name - 1))) {
      name--;
    }
    if (name == 0 || text.charAt(name - 1) != '<') {
      return Span.NONE;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '<') {
      end++;
    }
    // "<user> <password>" in a usage line is no element.
    boolean element = Chars.startsWith(text, end, "</");
    return element && !Chars.isHidden(text, at + 1, end) ? Span.of(at + 1, end) : Span.NONE;
  }

  /** Where the name of a tag ends that ends in an attribute; else the tag's own end. */
  private static int attributesStart(CharSequence text, int at) {
    int space = at;
    for (int i = at - 1; i >= 0 && at - i < LONGEST_TAG; i--) {
      char c = text.charAt(i);
      if (c == '<') {
        return space;
      }
      if (c == '>') {
        return at;
      }
      if (Chars.isSpace(c)) {
        space = i;
      }
    }
    return at;
  }

  private static boolean isElementName(char c) {
    return Chars.isKey(c) || c == ':';
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
