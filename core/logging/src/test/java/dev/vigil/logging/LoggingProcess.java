package dev.vigil.logging;

import dev.vigil.core.Profile;
import dev.vigil.core.ShutdownSequence;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An application that logs until it is stopped. */
final class LoggingProcess {

  private LoggingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    StructuredLogging logging =
        StructuredLogging.builder()
            .service("shop")
            .profile(Profile.STAGING)
            .directory(Path.of(arguments[0]))
            .install();
    ShutdownSequence shutdown =
        ShutdownSequence.builder().closing("log", Duration.ofSeconds(6), logging).build();
    shutdown.installHook();
    Logger log = LoggerFactory.getLogger("shop");
    int lines = Integer.parseInt(arguments[1]);
    for (int i = 0; i < lines; i++) {
      log.warn("line {} {}", i, "x".repeat(i % 3_000));
    }
    System.err.println("logged");
    Thread.sleep(60_000);
  }
}
