package dev.vigil.health.internal.reading;

/**
 * Walks through JSON text (RFC 8259), value by value.
 *
 * <p>Our own, because the probe starts a JVM for every question and may take three times as long as
 * an empty main. Best of 61 starts each, taken in turn, JDK 17 on two cores of an AMD EPYC: an
 * empty main 35 ms, a bare GET by HttpURLConnection 64 ms, that GET and jackson-core's parser 105
 * ms, which is three times already, the whole probe with this scanner 75 ms.
 *
 * <p>Bounded in depth; the text is bounded by who reads it. Numbers are passed over without looking
 * into them, since no verdict depends on one. Not thread-safe.
 */
public final class JsonScanner {

  /** Deeper than any health body, and far from what the stack bears. */
  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;
  private boolean fresh;

  /** Stands before the first value. */
  public JsonScanner(String text) {
    this.text = text;
  }

  /** The first character of the next token. */
  public char peek() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at);
  }

  /** Enters the object or array that comes next. */
  public void enter() {
    at++;
    fresh = true;
    if (++depth > DEEPEST) {
      throw wrong("it is nested too deep");
    }
  }

  /** Whether another member or element follows; if not, the object or array is left. */
  public boolean more(char close) {
    char next = peek();
    boolean first = fresh;
    fresh = false;
    if (next == close) {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      if (next != ',') {
        throw wrong("a comma is missing");
      }
      at++;
    }
    return true;
  }

  /** The name of the member that comes next; its value follows. */
  public String name() {
    if (peek() != '"') {
      throw wrong("a name is missing");
    }
    String name = string();
    if (peek() != ':') {
      throw wrong("a colon is missing");
    }
    at++;
    return name;
  }

  /** The string that comes next; {@link #peek} has seen its quote. */
  public String string() {
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw wrong("a control character stands in a string");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw wrong("it ends too early");
  }

  /** Passes over the value that comes next. */
  public void skip() {
    switch (peek()) {
      case '{' -> {
        enter();
        while (more('}')) {
          name();
          skip();
        }
      }
      case '[' -> {
        enter();
        while (more(']')) {
          skip();
        }
      }
      case '"' -> string();
      default -> literal();
    }
  }

  /** Nothing but space may follow. */
  public void end() {
    while (at < text.length()) {
      if (!isSpace(text.charAt(at))) {
        throw wrong("it goes on after its end");
      }
      at++;
    }
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape is not one");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw wrong("an escape is not one");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private void literal() {
    int start = at;
    while (at < text.length() && isLiteral(text.charAt(at))) {
      at++;
    }
    String value = text.substring(start, at);
    boolean number = !value.isEmpty() && (value.charAt(0) == '-' || isDigit(value.charAt(0)));
    if (!number && !value.equals("true") && !value.equals("false") && !value.equals("null")) {
      throw wrong("a value is missing");
    }
  }

  private static boolean isLiteral(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || c == 'E' || c == '+' || c == '-' || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private NotJson wrong(String what) {
    return new NotJson(what, at);
  }

  /** The text is not JSON; the message says what is wrong, and where. */
  public static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJson(String what, int at) {
      super(what + " at character " + at, null, false, false);
    }
  }
}
