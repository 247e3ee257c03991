package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogNotifierTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("vigil.alerts");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  @Test
  void writesOneLineAnAlert() {
    LogNotifier.create().send(Sample.firing());
    LogNotifier.create().send(Sample.resolved());

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "[FIRING] high-error-rate: error rate 7.5% on a (since 2026-01-01T00:00:00Z)",
            "[RESOLVED] high-error-rate: error rate 7.5% on a (from 2026-01-01T00:00:00Z to"
                + " 2026-01-01T00:05:12Z (5m12s))");
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(lines.list.get(0).getKeyValuePairs())
        .extracting(pair -> pair.key)
        .containsExactly("rule", "severity", "state", "labels", "incident");
  }

  @Test
  void breaksNoLineAndTellsNoSecret() {
    LogNotifier.create().send(Sample.hostile());

    assertThat(lines.list)
        .hasSize(20)
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage() + line.getKeyValuePairs())
                    .doesNotContain("\r", "\n", "sk_live", "hunter2"));
  }
}
