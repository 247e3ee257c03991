package dev.vigil.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Profile;
import dev.vigil.core.ShutdownSequence;
import dev.vigil.sentry.logback.SentryLogback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The README's example compiles and does what it seems to. */
class ReadmeIT {

  @Test
  void runsTheExample() {
    try (EnvelopeStore store = new EnvelopeStore()) {
      Map<String, String> environment = Map.of("SENTRY_DSN", store.dsn());
      Profile profile = Profile.PRODUCTION;

      String dsn = environment.get("SENTRY_DSN"); // unset: off, and one line says so
      SentryReporter errors =
          SentryReporter.builder(dsn, profile).release("shop@1.2.3").tracesSampleRate(0.1).start();
      SentryLogback log = SentryLogback.attach(errors); // ERROR lines are events too
      ShutdownSequence shutdown =
          ShutdownSequence.builder()
              .closing("sentry's appender", Duration.ofSeconds(1), log)
              .closing("sentry", Duration.ofSeconds(5), errors)
              .build();
      errors.handleUncaught(shutdown::run); // or without a shutdown: errors.handleUncaught()
      errors.report("calling a listener", new IllegalStateException("password=hunter2"));

      LoggerFactory.getLogger("com.acme").error("failed with token={}", "abc123");
      assertThat(shutdown.run()).isTrue();
      assertThat(store.events()).hasSize(2);
      assertThat(store.text()).doesNotContain("hunter2", "abc123");
    }
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.split("```java\n")[1].split("```")[0];
    String source = Files.readString(Path.of("src/test/java/dev/vigil/sentry/ReadmeIT.java"));

    assertThat(example.lines().filter(line -> !line.isBlank()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(source).contains(line));
  }
}
