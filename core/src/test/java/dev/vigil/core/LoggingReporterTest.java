package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

class LoggingReporterTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(ErrorReporter.class);
  private final List<ILoggingEvent> lines = new ArrayList<>();
  private Consumer<ILoggingEvent> onLine = line -> {};

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(line);
          onLine.accept(line);
        }
      };

  @BeforeEach
  void listen() {
    logger.setAdditive(false);
    logger.addAppender(appender);
    appender.start();
  }

  @AfterEach
  void stopListening() {
    logger.setAdditive(true);
    logger.detachAppender(appender);
    logger.getLoggerContext().resetTurboFilterList();
  }

  @Test
  void writesOneRedactedLine() {
    ErrorReporter.logging().report("posting to slack", new IOException("token=abc refused"));

    ILoggingEvent line = lines.get(0);
    assertThat(lines).hasSize(1);
    assertThat(line.getLevel()).isEqualTo(Level.WARN);
    assertThat(line.getFormattedMessage()).isEqualTo("posting to slack failed");
    assertThat(line.getThrowableProxy().getMessage())
        .isEqualTo("java.io.IOException: token=*** refused");
  }

  @Test
  void survivesALoggerThatThrows() {
    logger
        .getLoggerContext()
        .addTurboFilter(
            new TurboFilter() {
              @Override
              public FilterReply decide(
                  Marker marker,
                  Logger of,
                  Level level,
                  String format,
                  Object[] args,
                  Throwable t) {
                if (of == logger) {
                  throw new IllegalStateException("broken filter");
                }
                return FilterReply.NEUTRAL;
              }
            });

    ErrorReporter.logging().report("one", new IOException());
    logger.getLoggerContext().resetTurboFilterList();
    ErrorReporter.logging().report("two", new IOException());

    assertThat(lines).extracting(ILoggingEvent::getFormattedMessage).containsExactly("two failed");
  }

  @Test
  void doesNotReportWhileItReports() {
    Logger other = (Logger) LoggerFactory.getLogger("an appender's own");
    AppenderBase<ILoggingEvent> failing =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent line) {
            ErrorReporter.logging().report("appending", new IOException("inner"));
          }
        };
    failing.start();
    other.addAppender(failing);
    other.setAdditive(false);
    onLine = line -> other.warn("on the way");

    ErrorReporter.logging().report("outer", new IOException());
    ErrorReporter.logging().report("next", new IOException());
    other.detachAppender(failing);

    assertThat(lines)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("outer failed", "next failed");
  }
}
