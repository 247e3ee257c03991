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

  /** Asks read-only and rolls it back. */
  HealthResult ask(DatabaseQuestion question, int seconds) throws SQLException {
    try (ReadOnlyTransaction transaction = new ReadOnlyTransaction()) {
      transaction.begin();
      return question.run(connection, seconds);
    }
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

  /** Undoes, whatever happened within it, all that it did to the connection. */
  private final class ReadOnlyTransaction implements AutoCloseable {

    private final boolean autoCommit = connection.getAutoCommit();
    private boolean madeReadOnly;

    ReadOnlyTransaction() throws SQLException {}

    void begin() throws SQLException {
      madeReadOnly = !connection.isReadOnly() && tryReadOnly();
      if (autoCommit) {
        // Only a transaction can be rolled back, and only those does PostgreSQL's driver make
        // read-only.
        connection.setAutoCommit(false);
      }
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

    @Override
    public void close() throws SQLException {
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
  }
}
