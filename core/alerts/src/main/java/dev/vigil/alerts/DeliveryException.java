package dev.vigil.alerts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A receiver did not take a notification. The message holds no address and no secret. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  private DeliveryException(String message, boolean retryable, @Nullable Duration retryAfter) {
    super(message);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** The receiver will not take it, however often it is sent: a 400 for example. */
  public static DeliveryException permanent(String message) {
    return new DeliveryException(message, false, null);
  }

  /** Another attempt may help. */
  public static DeliveryException temporary(String message) {
    return new DeliveryException(message, true, null);
  }

  /** Another attempt may help, not before the receiver's own time: its Retry-After. */
  public static DeliveryException temporary(String message, Duration retryAfter) {
    return new DeliveryException(message, true, retryAfter);
  }

  /** Whether another attempt can help. */
  public boolean retryable() {
    return retryable;
  }

  /** How long the receiver asks to wait, or null where it does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
