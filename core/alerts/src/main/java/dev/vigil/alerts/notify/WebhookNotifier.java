package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Posts alerts to a webhook in the body that Alertmanager's webhooks have, version 4, so that what
 * takes Alertmanager's takes these.
 *
 * <p>With a secret each request is signed: {@code X-Vigil-Signature: t=<seconds since
 * 1970>,v1=<hexadecimal digits>}, HMAC-SHA256 with that secret over the seconds, a full stop and
 * the body. A receiver computes the same, compares, and refuses what is older than a few minutes. A
 * test has the status {@code firing} and the alert name {@code vigil-test}. Thread-safe.
 *
 * @see <a
 *     href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">Prometheus,
 *     webhook_config</a>
 */
public final class WebhookNotifier implements Notifier {

  private final HttpReceiver receiver;
  private final @Nullable Signature signature;

  private WebhookNotifier(HttpReceiver receiver, @Nullable Signature signature) {
    this.receiver = receiver;
    this.signature = signature;
  }

  /**
   * A notifier that does not sign.
   *
   * @param url counts as a secret
   * @throws IllegalArgumentException if it is no http or https URI; the message does not hold it
   */
  public static WebhookNotifier of(Secret url) {
    return new WebhookNotifier(receiver(url), null);
  }

  /**
   * A notifier that signs.
   *
   * @param url counts as a secret
   * @param secret what the receiver knows too
   * @throws IllegalArgumentException if {@code url} is no http or https URI; the message does not
   *     hold it
   */
  public static WebhookNotifier signed(Secret url, Secret secret) {
    return new WebhookNotifier(
        receiver(url), new Signature(Objects.requireNonNull(secret, "secret")));
  }

  private static HttpReceiver receiver(Secret url) {
    return HttpReceiver.of("webhook", "the webhook's url", Objects.requireNonNull(url, "url"));
  }

  @Override
  public void send(Notification notification) throws Exception {
    byte[] body = Json.bytes(WebhookBody.of(notification));
    Map<String, Secret> headers =
        signature == null
            ? Map.of()
            : Map.of("X-Vigil-Signature", signature.of(notification.at(), body));
    receiver.post(headers, body);
  }

  @Override
  public void close() {
    receiver.close();
  }
}
