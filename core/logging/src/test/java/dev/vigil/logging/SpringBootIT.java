package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.vigil.core.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Beside Spring Boot's own logging set-up, by a real application of its. */
class SpringBootIT {

  static final class Application {}

  @TempDir private Path logs;

  @Test
  void staysThroughSpringBootsStartAndTakesItsLevels() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger acme = (Logger) LoggerFactory.getLogger("com.acme");
    StructuredLogging logging =
        StructuredLogging.builder()
            .service("shop")
            .profile(Profile.STAGING)
            .directory(logs)
            .install();
    try (ConfigurableApplicationContext context = boot()) {
      assertThat(context.isActive()).isTrue();
      assertThat(root.getAppender("VIGIL")).isNotNull();
      assertThat(root.getAppender("CONSOLE")).as("Spring Boot's").isNull();
      acme.debug("password={}", "hunter2");
      LoggerFactory.getLogger("com.quiet").info("not shown");
    } finally {
      LoggerFactory.getLogger("com.other").info("after the application's end");
      logging.close();
      logging.undo();
      acme.setLevel(null);
      ((Logger) LoggerFactory.getLogger("com.quiet")).setLevel(null);
    }

    assertThat(Files.readAllLines(logs.resolve("combined.log")))
        .allSatisfy(line -> assertThat(StrictJson.line(line + "\n").isObject()).isTrue())
        .anyMatch(line -> line.contains("\"com.acme\"") && line.contains("password=***"))
        .anyMatch(line -> line.contains("Started"))
        .anyMatch(line -> line.contains("after the application's end"))
        .noneMatch(line -> line.contains("not shown"));
  }

  private static ConfigurableApplicationContext boot() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(
        Map.of(
            "logging.level.com.acme", "DEBUG",
            "logging.level.com.quiet", "WARN",
            "logging.register-shutdown-hook", "false"));
    return application.run();
  }
}
