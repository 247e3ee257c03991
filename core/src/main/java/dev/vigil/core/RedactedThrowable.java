package dev.vigil.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a throwable whose text holds a secret.
 *
 * <p>{@link #getMessage()} begins with the original's class name as {@link #toString()} does, since
 * some loggers print the class of what they are given and its message, and others its text.
 */
final class RedactedThrowable extends Throwable {

  private static final long serialVersionUID = 1;

  private RedactedThrowable(String text, StackTraceElement[] frames) {
    super(text);
    setStackTrace(frames);
  }

  static Throwable of(Throwable failure, Redactor redactor) {
    var copies = new IdentityHashMap<Throwable, RedactedThrowable>();
    boolean needed = false;
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(failure);
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (copies.containsKey(next)) {
        continue;
      }
      String printed = attempt(next::toString);
      String text = withClassName(next, printed);
      String redacted = redactor.redact(text);
      needed |=
          printed == null
              || !redacted.equals(text)
              || holdsSecret(attempt(next::getMessage), redactor);
      copies.put(next, new RedactedThrowable(redacted, framesOf(next)));
      Throwable cause = attempt(next::getCause);
      if (cause != null) {
        open.add(cause);
      }
      open.addAll(List.of(next.getSuppressed()));
    }
    if (!needed) {
      return failure;
    }
    copies.forEach((original, copy) -> copy.link(original, copies));
    return Objects.requireNonNull(copies.get(failure));
  }

  private static boolean holdsSecret(@Nullable String message, Redactor redactor) {
    return message != null && !redactor.redact(message).equals(message);
  }

  private void link(Throwable original, IdentityHashMap<Throwable, RedactedThrowable> copies) {
    Throwable cause = attempt(original::getCause);
    RedactedThrowable copy = cause == null ? null : copies.get(cause);
    // A throwable may name itself as its cause by overriding getCause(), but not be given itself.
    if (copy != null && copy != this) {
      initCause(copy);
    }
    for (Throwable suppressed : original.getSuppressed()) {
      RedactedThrowable other = copies.get(suppressed);
      if (other != null && other != this) {
        addSuppressed(other);
      }
    }
  }

  private static String withClassName(Throwable failure, @Nullable String printed) {
    String name = failure.getClass().getName();
    if (printed == null) {
      return name + ": (no text, since its own methods throw)";
    }
    return printed.startsWith(name) ? printed : name + ": " + printed;
  }

  private static StackTraceElement[] framesOf(Throwable failure) {
    StackTraceElement[] frames = attempt(failure::getStackTrace);
    return frames == null ? new StackTraceElement[0] : frames;
  }

  /** Null where the foreign method throws. */
  private static <T> @Nullable T attempt(Supplier<@Nullable T> method) {
    try {
      return method.get();
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      return null;
    }
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this; // the original's frames are set
  }

  /** The original's class is in the message already, and this one's is of no interest. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return String.valueOf(getMessage());
  }
}
