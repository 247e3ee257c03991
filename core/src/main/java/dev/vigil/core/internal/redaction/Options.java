package dev.vigil.core.internal.redaction;

import dev.vigil.core.internal.Ascii;
import dev.vigil.core.internal.redaction.SensitiveKeys.Kind;
import java.util.List;

/** Secrets on command lines: {@code --password x}, {@code curl -u user:x}, {@code mysql -px}. */
final class Options {

  /** A command, and the letter of the option by which it takes a password. */
  private record Command(String name, char letter) {}

  private static final List<Command> COMMANDS =
      List.of(
          new Command("mysql", 'p'), // mysqldump, mysqladmin, mysqlimport
          new Command("mariadb", 'p'),
          new Command("mongo", 'p'),
          new Command("sshpass", 'p'),
          new Command("login", 'p'), // docker login, podman login
          new Command("redis-cli", 'a'),
          new Command("ldap", 'w'),
          new Command("sqlcmd", 'P'),
          new Command("zip", 'P'));

  private static final int LONGEST_NAME = 64;

  /** How far back the command may stand. */
  private static final int LONGEST_COMMAND = 80;

  private final SensitiveKeys keys;

  Options(SensitiveKeys keys) {
    this.keys = keys;
  }

  /** At a dash that begins a word. */
  long at(CharSequence text, int dash) {
    int name = dash + 1;
    if (name == text.length()) {
      return Span.NONE;
    }
    char first = text.charAt(name);
    if (first != '-') {
      return Ascii.isLetter(first) ? letter(text, name, first) : Span.NONE;
    }
    int end = name;
    while (end < text.length() && end - name < LONGEST_NAME && Chars.isKey(text.charAt(end))) {
      end++;
    }
    int value = Chars.skipSpaces(text, end);
    if (value == end || value == text.length() || "-=:".indexOf(text.charAt(value)) >= 0) {
      return Span.NONE;
    }
    if (Chars.startsWith(text, end - "user".length(), "user")) {
      return behindColon(text, value);
    }
    Kind kind = keys.endingAt(text, end);
    return kind == Kind.NONE || kind == Kind.LIST
        ? Span.NONE
        : Values.at(text, value, Kind.VALUE, end, false);
  }

  private static long letter(CharSequence text, int at, char letter) {
    int value = Chars.skipSpaces(text, at + 1);
    if (value == text.length()) {
      return Span.NONE;
    }
    if (letter == 'u') {
      return behindColon(text, value);
    }
    boolean apart = value > at + 1;
    if (text.charAt(value) == '-' && apart) {
      return Span.NONE;
    }
    boolean password = "paPw".indexOf(letter) >= 0 && commandTakes(text, letter, at);
    return password ? Values.at(text, value, Kind.VALUE, at + 1, false) : Span.NONE;
  }

  /** {@code user:x}; {@code 1000:1000} is a user's and a group's number, and a path a volume. */
  private static long behindColon(CharSequence text, int start) {
    int from = Chars.isQuote(text.charAt(start)) ? start + 1 : start;
    int colon = from;
    while (colon < text.length() && colon - from < LONGEST_NAME && isUser(text.charAt(colon))) {
      colon++;
    }
    if (colon == from || !Chars.startsWith(text, colon, ":")) {
      return Span.NONE;
    }
    int end = from > start ? closing(text, from) : Values.bareEnd(text, colon + 1, false);
    boolean number = true;
    for (int i = from; i < end; i++) {
      number &= Ascii.isDigit(text.charAt(i)) || i == colon;
    }
    boolean url = Chars.startsWith(text, colon, "://");
    return number || url || Chars.isHidden(text, colon + 1, end)
        ? Span.NONE
        : Span.of(colon + 1, end);
  }

  private static int closing(CharSequence text, int from) {
    char quote = text.charAt(from - 1);
    int end = from;
    while (end < text.length() && text.charAt(end) != quote && !Chars.isLineEnd(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isUser(char c) {
    return c > ' ' && c != ':' && c != '/' && !Chars.isQuote(c);
  }

  /** Whether a command by whose option of this letter a password is given stands before it. */
  private static boolean commandTakes(CharSequence text, char letter, int end) {
    for (int at = end - 1; at >= 0 && end - at < LONGEST_COMMAND; at--) {
      char c = text.charAt(at);
      if (Chars.isLineEnd(c)) {
        return false;
      }
      for (int i = 0; i < COMMANDS.size(); i++) {
        Command command = COMMANDS.get(i);
        if (c == command.name().charAt(0)
            && letter == command.letter()
            && Chars.startsWith(text, at, command.name())) {
          return true;
        }
      }
    }
    return false;
  }
}
