package dev.vigil.alerts;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a channel knows of one incident. Guarded by its {@link ChannelQueue}. */
final class QueuedIncident {

  final String rule;

  /** As the evaluator last told. */
  Alert alert;

  /** Whether the receiver believes that it fires, and since when; null where it does not. */
  @Nullable Instant toldAt;

  /** Whether it waits to be sent, or is being sent. */
  boolean queued;

  /** What the attempt under way tells of it; null where there is none. */
  @Nullable Alert sending;

  /** Whether no other replica sees it firing, so that its end may be told. */
  boolean last;

  /** Since when it waits. */
  long since;

  /** When it is to be queued by itself: a repetition. */
  long due;

  /** When the fleet is to be told that this replica still sees it firing. */
  long renew;

  QueuedIncident(String rule, Alert alert) {
    this.rule = rule;
    this.alert = alert;
  }

  /** What the attempt under way tells: for the channel's thread, between taking and settling. */
  Alert sent() {
    return Objects.requireNonNull(sending, "nothing is being sent");
  }

  String incident() {
    return alert.incident();
  }

  boolean firing() {
    return fires(alert);
  }

  static boolean fires(Alert alert) {
    return alert.state() == AlertState.FIRING || alert.state() == AlertState.RECOVERING;
  }
}
