package dev.vigil.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The replicas' common memory as a table: SQL that every database speaks, each statement a
 * transaction of its own, so that what was read and is written back is compared in the update.
 */
final class JdbcStore implements FleetClaim.Store {

  private static final int SECONDS = 5;

  private final DataSource dataSource;
  private volatile boolean present;

  JdbcStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public String compareAndExchange(String key, String expected, String next) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean own = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        createMissing(connection);
        return exchange(connection, key, expected, next);
      } finally {
        connection.setAutoCommit(own);
      }
    }
  }

  private static String exchange(Connection connection, String key, String expected, String next)
      throws SQLException {
    boolean done;
    if (expected.isEmpty()) {
      String found = read(connection, key);
      if (!found.isEmpty() || next.isEmpty()) {
        return found;
      }
      done = inserted(connection, key, next);
    } else if (next.isEmpty()) {
      String sql = "DELETE FROM vigil_alert_claims WHERE claim_key = ? AND state = ?";
      done = update(connection, sql, key, expected) == 1;
    } else {
      String sql = "UPDATE vigil_alert_claims SET state = ? WHERE claim_key = ? AND state = ?";
      done = update(connection, sql, next, key, expected) == 1;
    }
    if (done) {
      return expected;
    }
    String found = read(connection, key);
    // Changed and changed back in between: as good as never changed, but it has to be tried again.
    return found.equals(expected) ? exchange(connection, key, expected, next) : found;
  }

  /** False where another replica came first. */
  private static boolean inserted(Connection connection, String key, String next)
      throws SQLException {
    try {
      String sql = "INSERT INTO vigil_alert_claims (claim_key, state) VALUES (?, ?)";
      return update(connection, sql, key, next) == 1;
    } catch (SQLException refused) { // what a duplicate key is called differs between databases
      if (read(connection, key).isEmpty()) {
        throw refused;
      }
      return false;
    }
  }

  private static int update(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(SECONDS);
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static String read(Connection connection, String key) throws SQLException {
    String sql = "SELECT state FROM vigil_alert_claims WHERE claim_key = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(SECONDS);
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  /** Not "IF NOT EXISTS", which not every database knows. */
  private void createMissing(Connection connection) throws SQLException {
    if (present) {
      return;
    }
    try {
      read(connection, "");
    } catch (SQLException missing) {
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(SECONDS);
        statement.execute(
            "CREATE TABLE vigil_alert_claims"
                + " (claim_key VARCHAR(200) PRIMARY KEY, state VARCHAR(4000) NOT NULL)");
      } catch (SQLException refused) { // another replica was faster, or it may not be created
        refused.addSuppressed(missing);
        try {
          read(connection, "");
        } catch (SQLException still) {
          throw refused;
        }
      }
    }
    present = true;
  }
}
