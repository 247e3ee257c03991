package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChannelLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("vigil.alerts");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> reported = new ArrayList<>();
  private final ChannelLog log =
      new ChannelLog("slack", registry, (doing, failure) -> reported.add(doing));

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
  void warnsOnceAndSaysWhenItIsOver() {
    log.failed(new IOException("cannot connect"), 0);
    log.failed(new IOException("cannot connect"), 1);
    log.delivered(Duration.ofSeconds(90).toNanos());
    log.delivered(Duration.ofSeconds(91).toNanos());

    assertThat(said())
        .containsExactly(
            "WARN channel slack cannot deliver, trying again: cannot connect",
            "INFO channel slack delivers again after PT1M30S");
    assertThat(reported).isEmpty();
  }

  @Test
  void countsWhatIsLostAndWarnsOnce() {
    log.caughtUp();
    log.lost(0, 0);
    log.lost(2, 3);
    log.lost(0, 4);
    log.caughtUp();
    log.caughtUp();

    assertThat(said())
        .containsExactly(
            "WARN channel slack loses alerts: not delivered within PT15M",
            "WARN channel slack has nothing left to tell; 9 alerts were lost");
    assertThat(
            registry.get("vigil.alerts.notifications").tag("outcome", "expired").counter().count())
        .isEqualTo(2);
    assertThat(
            registry.get("vigil.alerts.notifications").tag("outcome", "dropped").counter().count())
        .isEqualTo(7);
  }

  @Test
  void reportsAMistakeInANotifier() {
    log.failed(new IllegalStateException("password=hunter2"), 0);

    assertThat(said())
        .containsExactly(
            "WARN channel slack cannot deliver, trying again:"
                + " java.lang.IllegalStateException: password=***");
    assertThat(reported).containsExactly("notifying channel slack");
  }

  @Test
  void hasNoSecretAndNoLineEndOfAStrangers() {
    log.failed(new IOException("no\r\nFORGED token=hunter2hunter2 " + "x".repeat(10_000)), 0);

    assertThat(said().get(0))
        .startsWith("WARN channel slack cannot deliver, trying again: no  FORGED token=*** xxx")
        .hasSizeLessThan(400);
  }

  private List<String> said() {
    return lines.list.stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }
}
