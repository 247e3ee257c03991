package dev.vigil.alerts.notify;

import dev.vigil.alerts.Notification;
import dev.vigil.alerts.Notifier;
import dev.vigil.core.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Tells a Slack channel by an incoming webhook: a header, and a section for each alert.
 *
 * <p>Keeps to Slack's limits: one message a second, 50 blocks, 150 characters in a header, 3,000 in
 * a section, and 13,000 in all blocks, of which Slack's pages do not speak. What comes from an
 * alert is escaped and notifies nobody by itself: no {@code <!channel>}, no {@code @here}. The
 * webhook, which is its own password, shows nowhere. Thread-safe.
 *
 * @see <a href="https://api.slack.com/reference/block-kit/blocks">Slack, Block Kit</a>
 */
public final class SlackNotifier implements Notifier {

  private static final Duration GAP = Duration.ofSeconds(1);

  private final HttpReceiver receiver;

  private SlackNotifier(HttpReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * A notifier.
   *
   * @param webhook the URI that Slack gave to the incoming webhook
   * @throws IllegalArgumentException if it is no http or https URI; the message does not hold it
   */
  public static SlackNotifier of(Secret webhook) {
    Objects.requireNonNull(webhook, "webhook");
    return new SlackNotifier(HttpReceiver.of("slack", "Slack's webhook", webhook));
  }

  @Override
  public void send(Notification notification) throws Exception {
    receiver.post(Map.of(), Json.bytes(SlackMessage.of(notification)));
  }

  /** One second. */
  @Override
  public Duration minimumGap() {
    return GAP;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
