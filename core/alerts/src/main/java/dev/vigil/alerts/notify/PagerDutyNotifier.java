package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * Triggers and resolves PagerDuty incidents by the Events API v2: one event an alert, the same
 * {@code dedup_key} for its trigger and its resolve.
 *
 * <p>Keeps to PagerDuty's limits: a summary of 1,024 characters, a key of 255, an event of 512 KB.
 * Severities are PagerDuty's own four: critical, high as error, warning, info. A test triggers an
 * incident of severity info and resolves it at once. The routing key shows nowhere. Thread-safe.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2-overview">PagerDuty, Events API
 *     v2</a>
 */
public final class PagerDutyNotifier implements Notifier {

  private static final URI UNITED_STATES = URI.create("https://events.pagerduty.com/v2/enqueue");

  private final Secret routingKey;
  private final HttpReceiver receiver;

  private PagerDutyNotifier(Secret routingKey, HttpReceiver receiver) {
    this.routingKey = routingKey;
    this.receiver = receiver;
  }

  /**
   * A notifier.
   *
   * @param routingKey the integration key of a service's "Events API v2" integration
   */
  public static PagerDutyNotifier of(Secret routingKey) {
    return of(routingKey, UNITED_STATES);
  }

  /**
   * A notifier for another region.
   *
   * @param endpoint for example {@code https://events.eu.pagerduty.com/v2/enqueue}
   * @throws IllegalArgumentException if it is no http or https URI
   */
  public static PagerDutyNotifier of(Secret routingKey, URI endpoint) {
    Objects.requireNonNull(routingKey, "routingKey");
    Secret uri = Secret.of(endpoint.toString());
    return new PagerDutyNotifier(
        routingKey, HttpReceiver.of("pagerduty", "PagerDuty's endpoint", uri));
  }

  @Override
  public void send(Notification notification) throws Exception {
    for (byte[] event : PagerDutyEvent.of(notification, routingKey)) {
      receiver.post(Map.of(), event);
    }
  }

  /** One: each alert is an incident of its own. */
  @Override
  public int alertsAtOnce() {
    return 1;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
