package dev.vigil.alerts;

import java.time.Duration;

/**
 * Tells a receiver what fires and what is over: one method to write, one attempt a call.
 *
 * <p>Queueing, retries, circuit breaker, rate and repetition are the channel's business. A notifier
 * is called on the channel's own thread, one call at a time; the thread is interrupted when the
 * time for one attempt is over.
 */
@FunctionalInterface
public interface Notifier extends AutoCloseable {

  /**
   * Makes one attempt to deliver.
   *
   * @throws DeliveryException when the receiver has said no: it carries whether another attempt can
   *     help, and when
   * @throws Exception on any other failure, which counts as one that another attempt can help
   */
  void send(Notification notification) throws Exception;

  /** The least time between two attempts, zero by default: one second for Slack. */
  default Duration minimumGap() {
    return Duration.ZERO;
  }

  /** Lets go of connections; called once, when the engine closes. */
  @Override
  default void close() {}
}
