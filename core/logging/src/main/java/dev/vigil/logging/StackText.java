package dev.vigil.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A throwable with its causes: the root cause first, since it is what went wrong; at most {@value
 * #FRAMES} frames of each. Texts are redacted; frames hold none.
 */
final class StackText {

  static final int FRAMES = 30;

  /** Of causes and suppressed ones together; some libraries chain without end. */
  private static final int MOST_THROWABLES = 20;

  private static final int MOST_BYTES = 96 * 1024;
  private static final int MOST_MESSAGE = 32 * 1024;

  private static final byte[] AT = ascii("\\n\\tat ");
  private static final byte[] MORE = ascii("\\n\\t... ");
  private static final byte[] WRAPPED_BY = ascii("\\nWrapped by: ");
  private static final byte[] CAUSED_BY = ascii("\\nCaused by: ");
  private static final byte[] SUPPRESSED = ascii("\\nSuppressed: ");

  private final SafeText safe;
  private final JsonLine line;
  private int throwables;
  private int budget = MOST_BYTES;
  private int hash = 1;

  StackText(SafeText safe, JsonLine line) {
    this.safe = safe;
    this.line = line;
  }

  /** Appends the inside of a JSON string. */
  void append(IThrowableProxy outermost) {
    Deque<IThrowableProxy> rootFirst = new ArrayDeque<>();
    for (IThrowableProxy at = outermost;
        at != null && rootFirst.size() < MOST_THROWABLES;
        at = at.getCause()) {
      rootFirst.push(at);
    }
    boolean first = true;
    for (IThrowableProxy next : rootFirst) {
      if (!first) {
        line.raw(WRAPPED_BY);
      }
      // A wrapper's last frames are its cause's, which stand there already.
      IThrowableProxy cause = next.getCause();
      one(next, first || cause == null ? 0 : cause.getCommonFrames());
      first = false;
    }
  }

  /**
   * The same for throwables that went the same way, whatever their texts, this process's run and
   * generated classes: classes of throwables, classes and methods of frames. Valid after append.
   */
  String hash() {
    return String.format(Locale.ROOT, "%08x", hash);
  }

  private void one(IThrowableProxy throwable, int common) {
    throwables++;
    header(throwable);
    frames(throwable.getStackTraceElementProxyArray(), common);
    IThrowableProxy[] suppressed = throwable.getSuppressed();
    if (suppressed == null) {
      return;
    }
    for (IThrowableProxy other : suppressed) {
      if (throwables >= MOST_THROWABLES || budget <= 0) {
        return;
      }
      line.raw(SUPPRESSED);
      one(other, other.getCommonFrames());
      causesOf(other);
    }
  }

  /** Of a suppressed one, in the order in which Java prints them. */
  private void causesOf(IThrowableProxy suppressed) {
    for (IThrowableProxy cause = suppressed.getCause();
        cause != null && throwables < MOST_THROWABLES;
        cause = cause.getCause()) {
      line.raw(CAUSED_BY);
      one(cause, cause.getCommonFrames());
    }
  }

  private void header(IThrowableProxy throwable) {
    String type = throwable.getClassName();
    hash = 31 * hash + type.hashCode();
    if (throwable.isCyclic()) {
      text("(circular reference) ");
    }
    String message = throwable.getMessage();
    if (!JsonEncoder.isStandIn(type)) {
      text(message == null ? type : type + ": ");
    }
    if (message != null) {
      String redacted = safe.of(message);
      int most = Math.max(0, Math.min(budget, MOST_MESSAGE));
      line.text(redacted, most);
      budget -= Math.min(most, redacted.length());
    }
  }

  private void frames(StackTraceElementProxy @Nullable [] frames, int common) {
    if (frames == null) {
      return;
    }
    int own = Math.max(0, frames.length - common);
    int shown = budget <= 0 ? 0 : Math.min(own, FRAMES);
    for (int i = 0; i < shown; i++) {
      frame(frames[i].getStackTraceElement());
    }
    if (shown < frames.length) {
      line.raw(MORE).raw(Integer.toString(frames.length - shown)).raw(" more");
    }
  }

  private void frame(StackTraceElement frame) {
    String type = frame.getClassName();
    String method = frame.getMethodName();
    if (!isGenerated(type)) {
      hash = 31 * (31 * hash + type.hashCode()) + method.hashCode();
    }
    line.raw(AT);
    text(type);
    line.raw('.');
    text(method);
    line.raw('(');
    int number = frame.getLineNumber();
    String file = frame.getFileName();
    if (frame.isNativeMethod()) {
      line.raw("Native Method");
    } else if (file == null) {
      line.raw("Unknown Source");
    } else {
      text(file);
      if (number >= 0) {
        line.raw(':').raw(Integer.toString(number));
      }
    }
    line.raw(')');
    budget -= type.length() + method.length() + 24;
  }

  private void text(String value) {
    line.text(value, 1024);
  }

  /** Classes that are named anew in each run, and the ways into them. */
  private static boolean isGenerated(String type) {
    return type.contains("$$")
        || type.contains("$Proxy")
        || type.startsWith("jdk.internal.reflect.")
        || type.startsWith("java.lang.invoke.");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
