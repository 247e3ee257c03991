package dev.vigil.health.hikari;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.vigil.core.Ticker;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.JdbcCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link JdbcCheck} that knows the pool: an exhausted pool is not a dead database.
 *
 * <p>While every connection that the pool may have is in use, and this check has seen a valid one
 * within the last 30 s, it is degraded, {@code pool exhausted}, and stays out of the queue in which
 * the application waits. Otherwise it does what {@link JdbcCheck} does, and waits for a connection
 * no longer than the wait limit (2 s) whatever the pool's own time-out: {@code no connection within
 * 2 s}, unhealthy.
 *
 * <pre>{@code
 * HikariCheck.of(pool);
 * HikariCheck.of(pool, jdbc -> jdbc.query("select count(*) from orders").expecting(n -> n > 0));
 * }</pre>
 *
 * <p>Data, besides {@link JdbcCheck}'s: {@code active}, {@code idle}, {@code total}, {@code max}
 * (connections) and {@code waiting} (threads) as they were before this check took a connection; not
 * there before the pool has started. A pool behind a wrapper is had by {@code
 * dataSource.unwrap(HikariDataSource.class)}. Thread-safe.
 */
public final class HikariCheck implements HealthCheck {

  private static final Duration RECENT = Duration.ofSeconds(30);

  private final JdbcCheck jdbc;
  private final Pool pool;
  private final Ticker ticker;
  private volatile @Nullable Long lastValid;

  private HikariCheck(JdbcCheck jdbc, Pool pool, Ticker ticker) {
    this.jdbc = jdbc;
    this.pool = pool;
    this.ticker = ticker;
  }

  /** Checks the database behind a pool. */
  public static HikariCheck of(HikariDataSource pool) {
    return of(pool, jdbc -> jdbc);
  }

  /**
   * Checks the database behind a pool.
   *
   * @param options sets what {@link JdbcCheck} offers: query, expectation, limits
   */
  public static HikariCheck of(HikariDataSource pool, UnaryOperator<JdbcCheck> options) {
    Objects.requireNonNull(pool, "pool");
    JdbcCheck jdbc = options.apply(JdbcCheck.connecting(limit -> connect(pool, limit)));
    return new HikariCheck(jdbc, () -> PoolFigures.of(pool), Ticker.system());
  }

  /** For tests: the figures and the rest of the check come from elsewhere. */
  static HikariCheck of(JdbcCheck jdbc, Pool pool, Ticker ticker) {
    return new HikariCheck(jdbc, pool, ticker);
  }

  /** Tells how busy a pool is. */
  interface Pool {
    /** Null before the pool has started. */
    @Nullable PoolFigures figures();
  }

  @Override
  public HealthResult check(CheckContext context) {
    PoolFigures figures = pool.figures();
    boolean exhausted = figures != null && figures.exhausted();
    HealthResult result;
    if (exhausted && validRecently()) {
      result = HealthResult.degraded("pool exhausted");
    } else {
      result = jdbc.check(context);
      if (result.status() != HealthStatus.UNHEALTHY) {
        lastValid = ticker.read();
        result = exhausted ? exhausted(result) : result;
      }
    }
    return figures == null ? result : figures.addTo(result);
  }

  @Override
  public boolean remote() {
    return true;
  }

  private boolean validRecently() {
    Long last = lastValid;
    return last != null && ticker.read() - last <= RECENT.toNanos();
  }

  private static HealthResult exhausted(HealthResult valid) {
    HealthResult result = HealthResult.degraded("pool exhausted");
    for (Map.Entry<String, Object> entry : valid.data().entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  /**
   * The data source's own {@code getConnection()} waits for as long as the application is willing
   * to, 30 s by default. The pool behind its MXBean takes the limit as an argument, which leaves
   * the application's setting alone and needs no second thread.
   */
  private static Connection connect(HikariDataSource source, Duration limit) throws SQLException {
    if (!source.isClosed() && source.getHikariPoolMXBean() instanceof HikariPool pool) {
      return pool.getConnection(Math.max(1, limit.toMillis()));
    }
    return source.getConnection();
  }
}
