package dev.vigil.health.checks;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Unhealthy when a database gives no connection, when the connection is not valid, or when a query
 * is not answered as expected.
 *
 * <p>Takes a connection, asks the driver whether it is valid ({@link Connection#isValid}, limited
 * by the time that the run has left), runs the query if there is one, read-only and rolled back,
 * and returns the connection in the state in which it came. At the run's time-out the connection is
 * aborted, so that a read from a silent server ends.
 *
 * <pre>{@code
 * JdbcCheck.of(dataSource)
 *     .query("select count(*) from orders")
 *     .expecting(count -> count > 0)
 *     .degradedOver(Duration.ofMillis(500));
 * }</pre>
 *
 * <p>A connection that comes after {@link #waitLimit} counts as none: {@code no connection within 2
 * s}. {@link DataSource} has no way to leave while it waits, so this is known when its own wait
 * ends: let the pool's time-out be shorter than the check's. For HikariCP use {@code
 * dev.vigil.health.hikari.HikariCheck}, which ends the wait in time and tells an exhausted pool
 * from a dead database.
 *
 * <p>Data: {@code connectionWaitMillis}; after an {@link SQLException} {@code sqlState} and {@code
 * vendorCode}; what the query answered as {@code value}. Neither URL nor user ever shows. Immutable
 * and thread-safe.
 */
public final class JdbcCheck implements HealthCheck {

  private static final Duration DEFAULT_WAIT_LIMIT = Duration.ofSeconds(2);

  /** Pools count in whole milliseconds and may give up a little early. */
  private static final Duration POOL_TOLERANCE = Duration.ofMillis(1);

  private static final String WAIT = "connectionWaitMillis";
  private static final String ABORTED = "no answer before the time-out; the connection was aborted";

  /** Where connections come from. */
  @FunctionalInterface
  public interface ConnectionSource {

    /**
     * Gives a connection, which the check closes.
     *
     * @param limit how long to wait for one at most; positive
     * @throws SQLException if there is none
     */
    Connection connect(Duration limit) throws SQLException;
  }

  private final ConnectionSource source;
  private final @Nullable DatabaseQuestion question;
  private final Duration waitLimit;
  private final Latency latency;
  private final Ticker ticker;

  private JdbcCheck(
      ConnectionSource source,
      @Nullable DatabaseQuestion question,
      Duration waitLimit,
      Latency latency,
      Ticker ticker) {
    this.source = source;
    this.question = question;
    this.waitLimit = waitLimit;
    this.latency = latency;
    this.ticker = ticker;
  }

  /** Asks for connections as the application does. */
  public static JdbcCheck of(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    return connecting(limit -> dataSource.getConnection());
  }

  /** Asks a source that can keep to a limit of time. */
  public static JdbcCheck connecting(ConnectionSource source) {
    return connecting(source, Ticker.system());
  }

  static JdbcCheck connecting(ConnectionSource source, Ticker ticker) {
    return new JdbcCheck(
        Objects.requireNonNull(source, "source"), null, DEFAULT_WAIT_LIMIT, Latency.ANY, ticker);
  }

  /**
   * This check with a query that must answer at least one row.
   *
   * @param sql one statement that reads; what it should write all the same is rolled back
   * @throws IllegalArgumentException if {@code sql} is blank
   */
  public JdbcCheck query(String sql) {
    return asking(DatabaseQuery.of(sql));
  }

  /**
   * This check with an expectation of the first column of the query's first row, a whole number.
   *
   * @param expectation unhealthy where it does not hold, or where there is no number
   * @throws IllegalStateException if there is no query yet
   */
  public JdbcCheck expecting(LongPredicate expectation) {
    if (!(question instanceof DatabaseQuery query)) {
      throw new IllegalStateException(
          "expecting(..) needs a query to expect something of; call query(..) first");
    }
    return asking(query.expecting(expectation));
  }

  JdbcCheck asking(DatabaseQuestion question) {
    return new JdbcCheck(source, question, waitLimit, latency, ticker);
  }

  /**
   * This check with another limit for the wait for a connection.
   *
   * @param limit positive; 2 s by default
   */
  public JdbcCheck waitLimit(Duration limit) {
    Require.positive("waitLimit", limit);
    return new JdbcCheck(source, question, limit, latency, ticker);
  }

  /**
   * This check, degraded where all of it takes longer than that.
   *
   * @param limit positive; no limit by default
   */
  public JdbcCheck degradedOver(Duration limit) {
    return new JdbcCheck(source, question, waitLimit, Latency.over(limit), ticker);
  }

  @Override
  public HealthResult check(CheckContext context) {
    long start = ticker.read();
    Duration limit = shorter(waitLimit, context.remaining());
    Connection connection;
    try {
      connection = source.connect(limit);
    } catch (SQLException e) {
      Duration waited = since(start);
      return SqlFailures.unhealthy(whyNone(waited, limit), e).with(WAIT, waited.toMillis());
    }
    Duration waited = since(start);
    HealthResult result;
    try (BorrowedConnection borrowed = new BorrowedConnection(connection)) {
      context.onCancel(borrowed::abort);
      result =
          waited.compareTo(waitLimit) > 0
              ? HealthResult.unhealthy(whyNone(waited, limit))
              : ask(borrowed, context);
    } catch (SQLException e) {
      result =
          SqlFailures.unhealthy(
              context.cancelled() ? ABORTED : "the database answered with an error", e);
    }
    return latency.judge(result, since(start)).with(WAIT, waited.toMillis());
  }

  @Override
  public boolean remote() {
    return true;
  }

  private HealthResult ask(BorrowedConnection connection, CheckContext context)
      throws SQLException {
    if (!connection.isValid(seconds(context.remaining()))) {
      return HealthResult.unhealthy(context.cancelled() ? ABORTED : "the connection is not valid");
    }
    return question == null
        ? HealthResult.healthy()
        : connection.ask(question, seconds(context.remaining()));
  }

  /**
   * Whole seconds, as JDBC wants them, rounded up: 0 would mean no limit, and rounding down would
   * take half of a 2 s time-out. What that is too long is cut off by the abort at the time-out.
   */
  private static int seconds(Duration remaining) {
    long up = remaining.plusSeconds(1).minusNanos(1).toSeconds();
    return (int) Math.max(1, Math.min(up, Integer.MAX_VALUE));
  }

  private Duration since(long start) {
    return Duration.ofNanos(ticker.read() - start);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private String whyNone(Duration waited, Duration limit) {
    if (waited.compareTo(waitLimit.minus(POOL_TOLERANCE)) >= 0) {
      return "no connection within " + Latency.words(waitLimit);
    }
    return waited.compareTo(limit.minus(POOL_TOLERANCE)) >= 0
        ? "no connection before the time-out"
        : "no connection";
  }
}
