package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;

/**
 * XML: {@code <password>x</password>}, {@code <entry key="password">x</entry>}, {@code
 * <name>password</name><value>x</value>}.
 */
final class Elements {

  /** How far back a start tag's attributes are followed. */
  private static final int LONGEST_TAG = 128;

  private static final int LONGEST_NAME = 64;
  private static final String CDATA = "<![CDATA[";

  private final SensitiveKeys keys;

  Elements(SensitiveKeys keys) {
    this.keys = keys;
  }

  /** At the end of a start tag. */
  long at(CharSequence text, int at) {
    return at > 0 && isNamed(text, at) ? content(text, at + 1) : Span.NONE;
  }

  private boolean isNamed(CharSequence text, int at) {
    int nameEnd = at;
    if (Chars.isQuote(text.charAt(at - 1))) {
      nameEnd = attributesStart(text, at);
      if (nameEnd < at && keys.endingAt(text, at) != Kind.NONE) {
        return true; // of its last attribute
      }
    }
    int name = nameEnd;
    while (name > 0 && nameEnd - name < LONGEST_NAME && isElementName(text.charAt(name - 1))) {
      name--;
    }
    if (name == 0 || name == nameEnd || text.charAt(name - 1) != '<') {
      return false;
    }
    return keys.endingAt(text, nameEnd) != Kind.NONE || isValueOfNamed(text, name, nameEnd);
  }

  /** Whether the element before has a key in it and this one is its value. */
  private boolean isValueOfNamed(CharSequence text, int name, int nameEnd) {
    int length = nameEnd - name;
    boolean value =
        (length == 5 && Chars.startsWith(text, name, "value")) // Java, Spring, WS-*
            || (length == 6 && Chars.startsWith(text, name, "string")); // Apple's property lists
    int end = name - 1;
    while (value && end > 0 && name - end < LONGEST_NAME && text.charAt(end - 1) <= ' ') {
      end--;
    }
    if (!value || end == 0 || text.charAt(end - 1) != '>') {
      return false;
    }
    int tag = end - 1;
    while (tag > 0 && end - tag < LONGEST_NAME && isElementName(text.charAt(tag - 1))) {
      tag--;
    }
    return Chars.startsWith(text, tag - 2, "</") && keys.endingAt(text, tag - 2) != Kind.NONE;
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

  /** What stands before an end tag; A usage line with placeholders in angle brackets has none. */
  private static long content(CharSequence text, int start) {
    if (Chars.startsWith(text, start, CDATA)) {
      return data(text, start);
    }
    int end = start;
    while (end < text.length() && text.charAt(end) != '<') {
      end++;
    }
    boolean element = Chars.startsWith(text, end, "</");
    return element && !Chars.isHidden(text, start, end) ? Span.of(start, end) : Span.NONE;
  }

  private static long data(CharSequence text, int start) {
    int end = start + CDATA.length();
    while (end < text.length() && !Chars.startsWith(text, end, "]]>")) {
      end++;
    }
    return Span.of(start, Math.min(text.length(), end + "]]>".length()));
  }
}
