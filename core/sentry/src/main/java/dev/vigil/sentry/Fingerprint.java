package dev.vigil.sentry;

import io.sentry.SentryEvent;
import io.sentry.protocol.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which errors are like each other: by classes and places, not by texts, which differ each time.
 */
final class Fingerprint {

  private static final int CAUSES = 10;
  private static final int FRAMES = 3;

  private Fingerprint() {}

  static int of(SentryEvent event) {
    Throwable thrown = event.getThrowable();
    if (thrown != null) {
      return of(thrown);
    }
    Message message = event.getMessage();
    String text = message == null ? null : message.getMessage();
    if (text == null && message != null) {
      text = message.getFormatted();
    }
    return Objects.hash(event.getLogger(), text);
  }

  static int of(Throwable thrown) {
    int hash = 1;
    Throwable at = thrown;
    for (int i = 0; at != null && i < CAUSES; i++) {
      hash = 31 * hash + at.getClass().getName().hashCode();
      StackTraceElement[] frames = at.getStackTrace();
      for (int frame = 0; frame < Math.min(FRAMES, frames.length); frame++) {
        hash = 31 * hash + frames[frame].hashCode();
      }
      at = causeOf(at);
    }
    return hash;
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (RuntimeException foreign) {
      return null;
    }
  }
}
