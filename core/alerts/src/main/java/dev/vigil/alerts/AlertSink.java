package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channels, as the engine sees them. No method blocks but {@link #close}. */
interface AlertSink extends AutoCloseable {

  /**
   * Tells channels of alerts that began to fire ({@link AlertState#FIRING}) or are over ({@link
   * AlertState#RESOLVED}). What a channel has heard it is not told again; the end of what it has
   * not heard it is not told at all.
   */
  void publish(String rule, List<String> channels, List<Alert> alerts);

  /** Whether at least one channel has no reason to believe that it cannot deliver. */
  boolean canDeliver();

  /** What channels have heard, for the state file; null where nothing. */
  @Nullable JsonNode delivered();

  /** Takes over what channels had heard before a restart. */
  void restore(JsonNode delivered);

  /** Changes with {@link #delivered}. */
  long version();

  @Override
  void close();
}
