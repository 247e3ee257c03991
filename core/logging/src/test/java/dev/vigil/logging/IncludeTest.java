package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.testing.LeakedThreads;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** By a logback.xml, without a line of code. */
class IncludeTest {

  @RegisterExtension final LeakedThreads threads = new LeakedThreads();

  @TempDir Path directory;

  private LoggerContext configured(String xml) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return context;
  }

  @Test
  void setsLogbackUpAsTheBuilderDoes() throws Exception {
    LoggerContext context =
        configured(
            "<configuration><property name='VIGIL_SERVICE' value='shop'/>"
                + "<property name='VIGIL_VERSION' value='1.2.3'/>"
                + "<property name='VIGIL_LOG_DIRECTORY' value='"
                + directory
                + "'/><include resource='dev/vigil/logging/include.xml'/></configuration>");

    assertThat(context.getLogger("ROOT").getLevel()).isEqualTo(Level.WARN);
    context.getLogger("com.acme").info("not under production");
    context.getLogger("vigil.report").info("shown");
    context.getLogger("com.acme").warn("password={}", "hunter2");
    context.stop();

    assertThat(Files.readAllLines(directory.resolve("combined.log")))
        .extracting(line -> StrictJson.line(line + "\n").get("message").asText())
        .containsExactly("shown", "password=***");
  }

  @Test
  void lendsItsLinesToAnotherAppender() throws Exception {
    Path file = directory.resolve("own.log");
    LoggerContext context =
        configured(
            "<configuration><appender name='OWN' class='ch.qos.logback.core.FileAppender'><file>"
                + file
                + "</file><encoder class='dev.vigil.logging.StructuredEncoder'>"
                + "<service>shop</service><format>ecs</format></encoder></appender>"
                + "<root level='INFO'><appender-ref ref='OWN'/></root></configuration>");
    context.getLogger("com.acme").info("token={}", "abc123");
    context.stop();

    JsonNode line = StrictJson.line(Files.readString(file));
    assertThat(line.get("service.name").asText()).isEqualTo("shop");
    assertThat(line.get("message").asText()).isEqualTo("token=***");
  }
}
