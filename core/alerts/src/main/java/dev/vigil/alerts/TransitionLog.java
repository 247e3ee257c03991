package dev.vigil.alerts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One structured line for each change of state, on the logger {@code vigil.alerts}. */
final class TransitionLog {

  private static final Logger log = LoggerFactory.getLogger("vigil.alerts");

  /** Writes one line: WARN where an incident begins, else INFO. */
  void write(AlertTransition change, boolean silenced) {
    Alert alert = change.alert();
    LoggingEventBuilder line =
        log.atLevel(change.fires() ? Level.WARN : Level.INFO)
            .addKeyValue("rule", alert.rule())
            .addKeyValue("severity", alert.severity().label())
            .addKeyValue("from", change.from().label())
            .addKeyValue("to", change.to().label())
            .addKeyValue("labels", alert.labels())
            .addKeyValue("value", alert.value())
            .addKeyValue("active_at", alert.activeAt().toString())
            .addKeyValue("incident", alert.incident())
            .addKeyValue("silenced", silenced);
    line.log(
        "alert {} is {}, was {}: {}",
        alert.rule(),
        change.to().label(),
        change.from().label(),
        alert.summary());
  }
}
