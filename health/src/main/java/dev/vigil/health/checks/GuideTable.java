package dev.vigil.health.checks;

import java.sql.Connection;
import java.sql.SQLException;

/** {@code version, description, checksum, applied_at, rolled_back_at}. */
record GuideTable(String table) implements MigrationTable {

  @Override
  public MigrationTable named(String table) {
    return new GuideTable(table);
  }

  @Override
  public MigrationHistory read(Connection connection, int seconds) throws SQLException {
    MigrationHistory history = new MigrationHistory();
    MigrationTable.rows(
        connection,
        seconds,
        "select version, checksum, applied_at, rolled_back_at from " + table,
        row -> {
          String version = MigrationTable.text(row, 1);
          if (row.getObject(4) != null) {
            history.undone(version);
          } else if (row.getObject(3) == null) {
            history.failed(version);
          } else {
            history.applied(version, MigrationTable.text(row, 2));
          }
        });
    return history;
  }
}
