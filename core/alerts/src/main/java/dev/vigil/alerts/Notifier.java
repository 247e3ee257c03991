package dev.vigil.alerts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a receiver what fires and what is over: one method to write, one attempt a call.
 *
 * <p>Queueing, retries, circuit breaker, rate and repetition are the channel's business. A notifier
 * is called on the channel's own thread, one call at a time; the thread is interrupted when the
 * time for one attempt, ten seconds, is over. What ignores that blocks its channel, and nothing
 * else.
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

  /**
   * How often the receiver wants to hear of what still fires; null, the default, for the engine's
   * own time of repetition. A receiver that has a time of its own puts together by itself what
   * several replicas send, so that each of them tells it: Alertmanager.
   */
  default @Nullable Duration resendEvery() {
    return null;
  }

  /**
   * How many alerts one notification holds where each has to arrive: the others follow in further
   * ones. Zero, the default, is for receivers that are people: of one rule's alerts 20 are told in
   * full and the others are counted.
   */
  default int alertsAtOnce() {
    return 0;
  }

  /**
   * Whether what is told stays in this process, as in its log. Then each replica tells by itself,
   * and the channel does not count as one that reaches somebody.
   */
  default boolean isLocal() {
    return false;
  }

  /** Lets go of connections; called once, when the engine closes. */
  @Override
  default void close() {}
}
