package dev.vigil.sentry;

import dev.vigil.core.Profile;
import dev.vigil.core.Redactor;
import io.sentry.Hint;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sentry's options as this house sets them: scrubbed, guarded from floods, without hooks. */
final class ScrubbedOptions {

  /** Envelopes that wait; the SDK's own default is 30, which one burst fills. */
  private static final int QUEUE = 100;

  private final Redactor redactor;
  private final FloodGuard guard;

  ScrubbedOptions(Redactor redactor, FloodGuard guard) {
    this.redactor = redactor;
    this.guard = guard;
  }

  SentryOptions make(String dsn, Profile profile, String release) {
    SentryOptions options = new SentryOptions();
    options.setDsn(dsn);
    options.setEnvironment(profile.name().toLowerCase(Locale.ROOT));
    options.setRelease(release.isEmpty() ? null : release);
    options.setSerializer(new ScrubbingSerializer(options, redactor));
    options.setBeforeSend(this::admitted);
    options.setBeforeSendTransaction(
        (transaction, hint) -> {
          hint.clearAttachments();
          return transaction;
        });
    options.setSendDefaultPii(false);
    options.setEnableUncaughtExceptionHandler(false);
    options.setEnableShutdownHook(false);
    options.setMaxQueueSize(QUEUE);
    options.setShutdownTimeoutMillis(SentryReporter.FLUSH_MILLIS);
    return options;
  }

  private @Nullable SentryEvent admitted(SentryEvent event, Hint hint) {
    if (UncaughtErrors.LOGGER.equals(event.getLogger())) {
      return null; // the log's copy of what was captured
    }
    long skipped = guard.admit(Fingerprint.of(event));
    if (skipped == FloodGuard.SKIP) {
      return null;
    }
    hint.clearAttachments();
    Message message = event.getMessage();
    if (message != null && message.getFormatted() != null) {
      message.setParams(null); // bare values, without the names that say what they are
    }
    tellSkipped(event, skipped);
    return event;
  }

  static void tellSkipped(SentryEvent event, long skipped) {
    if (skipped > 0) {
      event.setExtra("skipped_before_this", skipped);
    }
  }
}
