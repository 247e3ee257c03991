package dev.vigil.alerts;

import org.jspecify.annotations.Nullable;

/**
 * What became of one channel's test.
 *
 * @param channel the channel's name
 * @param problem why the message was not delivered, without secrets; null where it was
 */
public record ChannelOutcome(String channel, @Nullable String problem) {

  /** Whether the receiver took the message. */
  public boolean delivered() {
    return problem == null;
  }
}
