package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection on loan: may be aborted from another thread for as long as it is held, and goes back
 * in the state in which it came.
 */
final class BorrowedConnection implements AutoCloseable {

  private final Connection connection;
  private boolean returned;

  BorrowedConnection(Connection connection) {
    this.connection = connection;
  }

  boolean isValid(int seconds) throws SQLException {
    boolean valid = connection.isValid(seconds);
    if (valid && !connection.getAutoCommit()) {
      // Some drivers ask by a statement, which has begun a transaction.
      connection.rollback();
    }
    return valid;
  }

  /** Runs a query read-only and rolls it back. */
  HealthResult ask(DatabaseQuery query, int seconds) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    boolean madeReadOnly = !connection.isReadOnly() && tryReadOnly();
    HealthResult result;
    try {
      if (autoCommit) {
        // Only a transaction can be rolled back, and PostgreSQL's driver makes only those
        // read-only.
        connection.setAutoCommit(false);
      }
      result = query.run(connection, seconds);
    } catch (SQLException | RuntimeException e) {
      restore(autoCommit, madeReadOnly, e);
      throw e;
    }
    restore(autoCommit, madeReadOnly);
    return result;
  }

  /** Kills the connection, unless it has been returned and may be somebody else's by now. */
  synchronized void abort() {
    if (!returned) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException | RuntimeException | LinkageError ignored) {
        // A driver that cannot abort leaves the run to its own time-outs.
      }
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (this) {
      returned = true;
    }
    connection.close();
  }

  /** Whether the driver takes the hint; some refuse it on an open connection. */
  private boolean tryReadOnly() {
    try {
      connection.setReadOnly(true);
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  private void restore(boolean autoCommit, boolean madeReadOnly) throws SQLException {
    try {
      connection.rollback();
      if (autoCommit) {
        connection.setAutoCommit(true);
      }
      if (madeReadOnly) {
        connection.setReadOnly(false);
      }
    } catch (SQLException e) {
      // Rather lost than handed to the application in another state.
      abort();
      throw e;
    }
  }

  private void restore(boolean autoCommit, boolean madeReadOnly, Exception first) {
    try {
      restore(autoCommit, madeReadOnly);
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }
}
