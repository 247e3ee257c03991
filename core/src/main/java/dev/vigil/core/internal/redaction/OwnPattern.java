package dev.vigil.core.internal.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application's own pattern, held to a bound that {@link Pattern} itself does not have.
 *
 * <p>Applied line by line. When in doubt it hides: what a line has beyond {@code longest}
 * characters, and a whole line on which the pattern takes more steps than {@value
 * #STEPS_PER_CHARACTER} times that or overflows the stack.
 *
 * @param pattern what to hide
 * @param longest how many characters of a line are looked at
 */
public record OwnPattern(Pattern pattern, int longest) {

  /** Patterns without nested repetition take a handful. */
  private static final int STEPS_PER_CHARACTER = 100;

  /** The text with every match hidden; the same instance where there is none. */
  public String mask(String text) {
    StringBuilder masked = null;
    int copied = 0;
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end);
      String safe = maskLine(line);
      if (safe != null) {
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        masked.append(text, copied, start).append(safe);
        copied = end;
      }
      start = end + 1;
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  private @Nullable String maskLine(String line) {
    int looked = Math.min(line.length(), longest);
    StringBuilder masked = new StringBuilder();
    int copied = 0;
    try {
      Matcher matches = pattern.matcher(new Counted(line.substring(0, looked), new Steps(longest)));
      while (matches.find()) {
        if (matches.end() > matches.start()) {
          masked.append(line, copied, matches.start()).append(Masking.MASK);
          copied = matches.end();
        }
      }
    } catch (TooManySteps | StackOverflowError runaway) {
      return Masking.MASK;
    }
    if (looked < line.length()) {
      return masked.append(line, copied, looked).append(Masking.MASK).toString();
    }
    return copied == 0 ? null : masked.append(line, copied, line.length()).toString();
  }

  private static final class Steps {
    private long left;

    Steps(int longest) {
      left = (long) longest * STEPS_PER_CHARACTER;
    }

    void take() {
      if (--left < 0) {
        throw new TooManySteps();
      }
    }
  }

  /** A line that counts how often it is read: the one way to stop {@link Matcher} on its way. */
  private record Counted(CharSequence line, Steps steps) implements CharSequence {

    @Override
    public char charAt(int index) {
      steps.take();
      return line.charAt(index);
    }

    @Override
    public int length() {
      return line.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(line.subSequence(start, end), steps);
    }

    @Override
    public String toString() {
      return line.toString();
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super(null, null, false, false); // thrown and caught here; no one reads it
    }
  }
}
