package dev.vigil.sentry;

import dev.vigil.core.Profile;
import dev.vigil.core.ShutdownSequence;
import dev.vigil.logging.StructuredLogging;
import dev.vigil.sentry.logback.SentryLogback;
import java.nio.file.Path;
import java.time.Duration;

/** An application one of whose threads dies, and which then stops itself. */
final class CrashingProcess {

  private CrashingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    StructuredLogging logging =
        StructuredLogging.builder()
            .service("shop")
            .profile(Profile.PRODUCTION)
            .directory(Path.of(arguments[1]))
            .install();
    SentryReporter errors = SentryReporter.start(arguments[0], Profile.PRODUCTION, "shop@1");
    SentryLogback appender = SentryLogback.attach(errors);
    ShutdownSequence shutdown =
        ShutdownSequence.builder()
            .closing("sentry's appender", Duration.ofSeconds(1), appender)
            .closing("sentry", Duration.ofSeconds(5), errors)
            .closing("log", Duration.ofSeconds(6), logging)
            .build();
    errors.handleUncaught(
        () -> {
          boolean unused = shutdown.run();
          System.exit(3);
        });
    Runnable crash =
        () -> {
          throw new IllegalStateException("crashed with password=hunter2");
        };
    if (arguments[2].equals("main")) {
      crash.run();
    }
    new Thread(crash, "worker").start();
    Thread.sleep(60_000);
  }
}
