package dev.vigil.alerts;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one channel is told at once: the alerts of one rule that are firing or have just ended.
 *
 * @param rule the rule's name
 * @param kind what this tells
 * @param alerts the most recent first; all of one rule and of that kind. At most 20, or {@link
 *     Notifier#alertsAtOnce} where that is not zero
 * @param more how many further alerts there are that did not fit
 * @param at when it was put together: for this attempt, if it is not the first
 */
public record Notification(String rule, Kind kind, List<Alert> alerts, int more, Instant at) {

  /** What people read in one message. */
  static final int MOST_ALERTS = 20;

  static final Comparator<Alert> MOST_RECENT_FIRST =
      Comparator.comparing(Notification::began).reversed().thenComparing(Alert::incident);

  /** What a notification tells. */
  public enum Kind {
    /** The alerts fire, and the channel has not heard of them or has to be reminded. */
    FIRING,
    /** The alerts, of which the channel had been told, are over. */
    RESOLVED,
    /** Nothing fires: somebody tests whether the channel delivers. */
    TEST
  }

  /**
   * Takes an immutable copy of the alerts.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Notification {
    alerts = List.copyOf(alerts);
    if (alerts.isEmpty()) {
      throw new IllegalArgumentException("alerts must hold at least one alert but was empty");
    }
  }

  private static Instant began(Alert alert) {
    Instant fired = alert.firedAt();
    return fired == null ? alert.activeAt() : fired;
  }

  /** What a channel is sent for a test; its incident is none of a rule. */
  static Notification test(String channel, Instant now) {
    Alert alert =
        new Alert(
            "vigil-test",
            Severity.INFO,
            AlertState.FIRING,
            Map.of("channel", channel),
            "This is a test of the channel " + channel + ": nothing fires.",
            null,
            Double.NaN,
            now,
            now,
            null,
            "0".repeat(64));
    return new Notification("vigil-test", Kind.TEST, List.of(alert), 0, now);
  }
}
