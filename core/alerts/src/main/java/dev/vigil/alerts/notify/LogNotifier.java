package dev.vigil.alerts.notify;

import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line an alert to the logger {@code vigil.alerts}: at WARN what fires, at INFO what is
 * over, with the alert's fields as key/value pairs. Thread-safe.
 */
public final class LogNotifier implements Notifier {

  private static final Logger log = LoggerFactory.getLogger("vigil.alerts");

  private static final int LONGEST = 4_096;

  private LogNotifier() {}

  /** A notifier. */
  public static LogNotifier create() {
    return new LogNotifier();
  }

  @Override
  public void send(Notification notification) {
    boolean fires = notification.kind() == Notification.Kind.FIRING;
    for (Alert alert : notification.alerts()) {
      LoggingEventBuilder line = fires ? log.atWarn() : log.atInfo();
      line.addKeyValue("rule", AlertText.line(alert.rule(), AlertText.LONGEST_LABEL))
          .addKeyValue("severity", AlertText.severity(alert))
          .addKeyValue("state", notification.kind().name().toLowerCase(Locale.ROOT))
          .addKeyValue("labels", AlertText.labels(alert))
          .addKeyValue("incident", alert.incident())
          .log(
              "[{}] {}: {} ({})",
              notification.kind(),
              AlertText.line(alert.rule(), AlertText.LONGEST_LABEL),
              AlertText.line(alert.summary(), LONGEST),
              AlertText.when(alert));
    }
  }

  /** No limit: a log takes each. */
  @Override
  public int alertsAtOnce() {
    return Integer.MAX_VALUE;
  }

  /** True. */
  @Override
  public boolean isLocal() {
    return true;
  }
}
