package dev.vigil.alerts;

import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * A {@link NotificationClaim} on any memory that the replicas share and that can compare and
 * exchange a text: a database, Redis.
 *
 * <p>The replicas' clocks decide when a claim has run out, so they should agree to within a few
 * seconds; where one is far ahead of the others an incident may be told twice. One text of at most
 * 4,000 characters an incident, for about 100 replicas. Thread-safe.
 *
 * <pre>{@code
 * NotificationClaim claim = FleetClaim.jdbc(dataSource);
 * }</pre>
 */
public final class FleetClaim implements NotificationClaim {

  /** More than that many changes by others between reading and writing is no contention. */
  private static final int MOST_TRIES = 50;

  private final Store store;
  private final String replica;
  private final InstantSource clock;

  /** The common memory. Thread-safe. */
  @FunctionalInterface
  public interface Store {

    /**
     * Replaces a text by another, if it is what the caller expects; as one step that no other
     * replica's comes between.
     *
     * @param key at most 200 characters
     * @param expected what the caller expects; empty for nothing
     * @param next what is to be there then; empty for nothing. Has to be kept for longer than
     *     alerts are repeated: a week, say
     * @return what was there before: the caller has succeeded where it equals {@code expected}
     * @throws Exception if the memory cannot be reached
     */
    String compareAndExchange(String key, String expected, String next) throws Exception;
  }

  FleetClaim(Store store, String replica, InstantSource clock) {
    this.store = store;
    this.replica = replica;
    this.clock = clock;
  }

  /** A claim on a memory of the application's own. */
  public static NotificationClaim on(Store store) {
    Objects.requireNonNull(store, "store");
    // Short, since all replicas' stand in one text; alike for two of a hundred by 1 in 10^10.
    String replica = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    return new FleetClaim(store, replica, InstantSource.system());
  }

  /**
   * A claim on a database, in the table {@code vigil_alert_claims}. It is created where it is
   * missing and the user may do so: {@code CREATE TABLE vigil_alert_claims (claim_key VARCHAR(200)
   * PRIMARY KEY, state VARCHAR(4000) NOT NULL)}.
   *
   * <p>Takes a connection for each call and gives it back, in a transaction of its own; a statement
   * has five seconds.
   */
  public static NotificationClaim jdbc(DataSource dataSource) {
    return on(new JdbcStore(Objects.requireNonNull(dataSource, "dataSource")));
  }

  @Override
  public boolean claim(String key, Duration ttl) throws Exception {
    long millis = Require.positive("ttl", ttl).toMillis();
    long now = clock.millis();
    return change(key, it -> it.claimed(replica, now, millis)).after.tells(replica, now);
  }

  @Override
  public void told(String key, Duration validFor) throws Exception {
    long millis = Require.positive("validFor", validFor).toMillis();
    long now = clock.millis();
    change(key, it -> it.toldBy(replica, now, millis));
  }

  @Override
  public Release release(String key) throws Exception {
    long now = clock.millis();
    Change change =
        change(
            key,
            it -> {
              FleetIncident left = it.released(replica, now);
              return left.firing().isEmpty() ? FleetIncident.NONE : left;
            });
    if (!change.after.firing().isEmpty()) {
      return Release.OTHERS_FIRE;
    }
    return change.before.told() ? Release.LAST : Release.NOTHING_TOLD;
  }

  private record Change(FleetIncident before, FleetIncident after) {}

  private Change change(String key, UnaryOperator<FleetIncident> step) throws Exception {
    String expected = "";
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      FleetIncident before = FleetIncident.parse(expected);
      FleetIncident after = step.apply(before);
      String next = after.equals(FleetIncident.NONE) ? "" : after.text();
      String found = store.compareAndExchange(key, expected, next);
      if (found.equals(expected)) {
        return new Change(before, after);
      }
      expected = found;
    }
    throw new IllegalStateException(
        "the replicas' common memory must let one of them win, but changed "
            + MOST_TRIES
            + " times between reading and writing");
  }
}
