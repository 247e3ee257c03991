package dev.vigil.alerts.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigil.alerts.Alert;
import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Sends alerts to an Alertmanager by its API v2, as Prometheus does: again each minute while they
 * fire, with an end four intervals ahead, so that an alert of a process that is gone ends by
 * itself.
 *
 * <p>Alertmanager puts together what several replicas send, groups, silences and repeats, so each
 * replica sends and no {@link dev.vigil.alerts.NotificationClaim} is asked. Label names become
 * Prometheus's: what it does not know is a low line. A test is an alert {@code vigil-test} of one
 * minute. Thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/alerts_api/">Prometheus, Alerts API</a>
 */
public final class AlertmanagerNotifier implements Notifier {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** As one that Prometheus sends at once. */
  private static final int BATCH = 64;

  private final HttpReceiver receiver;
  private final Duration ahead;

  private AlertmanagerNotifier(HttpReceiver receiver, Duration interval) {
    this.receiver = receiver;
    this.ahead = (interval.compareTo(MINUTE) > 0 ? interval : MINUTE).multipliedBy(4);
  }

  /**
   * A notifier for rules that are evaluated at least once a minute.
   *
   * @param url Alertmanager's, without {@code /api/v2/alerts}; counts as a secret
   * @throws IllegalArgumentException if it is no http or https URI; the message does not hold it
   */
  public static AlertmanagerNotifier of(Secret url) {
    return of(url, MINUTE);
  }

  /**
   * A notifier.
   *
   * @param url as above
   * @param interval how often rules are evaluated
   * @throws IllegalArgumentException if {@code url} is no http or https URI, or {@code interval} is
   *     not positive
   */
  public static AlertmanagerNotifier of(Secret url, Duration interval) {
    Objects.requireNonNull(url, "url");
    String base = url.reveal().strip().replaceAll("/+$", "");
    Secret alerts = Secret.of(base + "/api/v2/alerts");
    return new AlertmanagerNotifier(
        HttpReceiver.of("alertmanager", "Alertmanager's url", alerts),
        Require.positive("interval", interval));
  }

  @Override
  public void send(Notification notification) throws Exception {
    receiver.post(Map.of(), Json.bytes(body(notification)));
  }

  private ArrayNode body(Notification notification) {
    ArrayNode body = Json.array();
    for (Alert alert : notification.alerts()) {
      ObjectNode node = body.addObject();
      PrometheusAlert.put(node, "labels", PrometheusAlert.labels(alert));
      PrometheusAlert.put(node, "annotations", PrometheusAlert.annotations(alert));
      node.put("startsAt", AlertText.began(alert).toString());
      node.put("endsAt", end(notification, alert).toString());
      node.put("generatorURL", "");
    }
    return body;
  }

  private Instant end(Notification notification, Alert alert) {
    Instant ended = alert.endedAt();
    if (ended != null) {
      return ended;
    }
    return switch (notification.kind()) {
      case FIRING -> notification.at().plus(ahead);
      case RESOLVED -> notification.at();
      case TEST -> notification.at().plus(MINUTE);
    };
  }

  /** A minute. */
  @Override
  public Duration resendEvery() {
    return MINUTE;
  }

  /** 64. */
  @Override
  public int alertsAtOnce() {
    return BATCH;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
