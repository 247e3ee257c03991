package dev.vigil.examples.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A way to decide on one Redis; synchronous, and asynchronous where it can. */
interface FleetContestant extends AutoCloseable {

  /** Longer than a run, so that no window ends in it. */
  Duration WINDOW = Duration.ofHours(6);

  /** The limit of a key. */
  static int limit(String key) {
    return key.equals(FleetCell.OVER) ? 1 : 1_000_000_000;
  }

  void decide(String key) throws Exception;

  /** Null where there is no asynchronous way. */
  default CompletionStage<?> decideAsync(String key) {
    return null;
  }

  /** Whether it takes part under a load. */
  default boolean takes(FleetCell cell) {
    return true;
  }

  @Override
  default void close() throws Exception {}
}
