package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Shown;
import dev.vigil.alerts.internal.text.SyntaxFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text is no condition. The message shows the line, a caret under the place, what is wrong and
 * one way out:
 *
 * <pre>
 * column 17
 *   rate(x[5m]) > 5 percent
 *                   ^ expected 'and', 'or' or end of rule, found 'percent'; did you mean 5%?
 * </pre>
 */
public final class ConditionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** How much of a long line is shown on each side of the place. */
  private static final int AROUND = 60;

  private final String picture;
  private final String reason;
  private final @Nullable String hint;
  private final int line;
  private final int column;

  private ConditionException(
      String place, String picture, String reason, @Nullable String hint, int line, int column) {
    super(place + "\n" + picture);
    this.picture = picture;
    this.reason = reason;
    this.hint = hint;
    this.line = line;
    this.column = column;
  }

  static ConditionException of(String text, SyntaxFault fault) {
    return of(text, fault.at(), String.valueOf(fault.getMessage()), fault.hint());
  }

  static ConditionException of(String text, int at, String reason, @Nullable String hint) {
    int start = text.lastIndexOf('\n', at - 1) + 1;
    int end = text.indexOf('\n', start);
    int stop = end < 0 ? text.length() : end;
    int from = Math.max(start, at - AROUND);
    int to = Math.min(stop, at + AROUND);
    String before = (from > start ? "..." : "") + Shown.line(text, from, at);
    String after = Shown.line(text, at, Math.max(at, to)) + (to < stop ? "..." : "");
    String caret = " ".repeat(before.codePointCount(0, before.length())) + "^ ";
    String said = hint == null ? reason : reason + "; " + hint;
    int line = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
    int column = 1 + text.codePointCount(start, at);
    String picture = "  " + before + after + "\n  " + caret + said;
    return new ConditionException(place(line, column), picture, reason, hint, line, column);
  }

  /** The same, told of a rule's setting: {@code rule "high-error-rate", recover}. */
  ConditionException in(String where) {
    return new ConditionException(
        where + ", " + place(line, column), picture, reason, hint, line, column);
  }

  private static String place(int line, int column) {
    return (line == 1 ? "" : "line " + line + ", ") + "column " + column;
  }

  /** The line within the text, from 1. */
  public int line() {
    return line;
  }

  /** The column within the line, from 1, in characters (code points); its end is one further. */
  public int column() {
    return column;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  /** The way out, where one is obvious. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
