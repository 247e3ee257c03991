package dev.vigil.health.checks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Where a tool writes down which migrations it has applied. */
interface MigrationTable {

  /** The same under another name. */
  MigrationTable named(String table);

  /** What stands there. */
  MigrationHistory read(Connection connection, int seconds) throws SQLException;

  /** Takes one row. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** Runs a query and hands each row on. */
  static void rows(Connection connection, int seconds, String sql, RowReader reader)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  /** A column as text; empty for null. */
  static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text.strip();
  }
}
