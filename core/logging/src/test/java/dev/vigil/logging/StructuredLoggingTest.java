package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Appender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Profile;
import dev.vigil.testing.LeakedThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.NOPLoggerFactory;

class StructuredLoggingTest {

  @RegisterExtension final LeakedThreads threads = new LeakedThreads();

  @TempDir Path directory;

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger("ROOT");
  private StructuredLogging logging;
  private List<Appender<?>> before;

  @BeforeEach
  void remember() {
    before = appenders();
  }

  @AfterEach
  void undo() {
    if (logging != null) {
      logging.undo();
      logging.undo();
    }
    assertThat(appenders()).isEqualTo(before);
    assertThat(context.getObject("org.springframework.boot.logging.LoggingSystem")).isNull();
  }

  private List<Appender<?>> appenders() {
    List<Appender<?>> all = new java.util.ArrayList<>();
    root.iteratorForAppenders().forEachRemaining(all::add);
    return all;
  }

  private StructuredLogging.Builder builder(Map<String, String> environment) {
    return StructuredLogging.builder()
        .service("shop")
        .version("1.2.3")
        .profile(Profile.PRODUCTION)
        .directory(directory)
        .environment(environment);
  }

  private List<JsonNode> lines(String file) throws Exception {
    logging.close();
    return Files.readString(directory.resolve(file))
        .lines()
        .map(line -> StrictJson.line(line + "\n"))
        .toList();
  }

  @Test
  void writesAllToOneFileAndErrorsToAnother() throws Exception {
    logging = builder(Map.of()).install();
    LoggerFactory.getLogger("com.acme").info("not under production");
    LoggerFactory.getLogger("com.acme").warn("password={}", "hunter2");
    LoggerFactory.getLogger("com.acme").error("failed", new IllegalStateException("x"));

    assertThat(lines("combined.log"))
        .extracting(line -> line.get("message").asText())
        .containsExactly("password=***", "failed");
    assertThat(lines("error.log"))
        .extracting(line -> line.get("message").asText())
        .containsExactly("failed");
  }

  @Test
  void showsReportsAlertsAndLifecycleUnderEveryProfile() throws Exception {
    logging = builder(Map.of("LOG_LEVEL", "error")).install();
    for (String name : List.of("vigil.report", "vigil.alerts", "vigil.lifecycle", "com.acme")) {
      LoggerFactory.getLogger(name).info("told");
    }

    assertThat(lines("combined.log"))
        .extracting(line -> line.get("logger").asText())
        .containsExactly("vigil.report", "vigil.alerts", "vigil.lifecycle");
  }

  @Test
  void takesTheLevelFromTheEnvironmentBeforeTheProfile() throws Exception {
    logging = builder(Map.of("LOG_LEVEL", "debug")).install();
    LoggerFactory.getLogger("com.acme").debug("seen");

    assertThat(lines("combined.log")).hasSize(1);
  }

  @Test
  void refusesAnUnknownLevelAndChangesNothing() {
    assertThatThrownBy(() -> builder(Map.of("LOG_LEVEL", "verbose")).install())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LOG_LEVEL")
        .hasMessageContaining("verbose");
  }

  @Test
  void refusesASecondInstallation() {
    logging = builder(Map.of()).install();

    assertThatThrownBy(() -> builder(Map.of()).install())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("installed already");
  }

  @Test
  void refusesWithoutAServiceName() {
    assertThatThrownBy(() -> StructuredLogging.builder().noFiles().install())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("service");
  }

  @Test
  void namesAnotherProviderThatIsBound() {
    assertThatThrownBy(() -> Installation.logback(new NOPLoggerFactory(), false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("org.slf4j.helpers.NOPLoggerFactory");
  }

  @Test
  void logsToTheConsoleOnlyWhereTheDirectoryCannotBeUsed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    logging = builder(Map.of()).directory(file).install();
    LoggerFactory.getLogger("com.acme").error("still there");
    logging.close();

    assertThat(Files.size(file)).isZero();
  }

  @Test
  void passesAuditLinesWhateverTheLevel() throws Exception {
    logging = builder(Map.of()).install();
    LoggerFactory.getLogger("com.acme").info(MarkerFactory.getMarker("AUDIT"), "paid");

    assertThat(lines("combined.log"))
        .extracting(line -> line.get("message").asText())
        .containsExactly("paid");
  }

  @Test
  void changesALevelForATime() throws Exception {
    logging = builder(Map.of()).install();
    logging.level("com.acme", Level.DEBUG, Duration.ofMinutes(15));
    LoggerFactory.getLogger("com.acme").debug("seen");

    assertThat(lines("combined.log")).hasSize(1);
    assertThat(context.getLogger("com.acme").getLevel()).isNull();
  }

  @Test
  void keepsSpringBootFromSettingUpLogbackAnew() {
    logging = builder(Map.of()).install();

    assertThat(context.getObject("org.springframework.boot.logging.LoggingSystem")).isNotNull();
  }
}
