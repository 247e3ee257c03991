package dev.vigil.health.checks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Flyway's history. It quotes its names, which are in lower case whatever the database does with
 * unquoted ones, and writes one row for everything that it does, in the order of {@code
 * installed_rank}.
 *
 * @see <a
 *     href="https://documentation.red-gate.com/flyway/flyway-concepts/migrations/flyway-schema-history-table">Flyway,
 *     schema history table</a>
 */
record FlywayTable(String table) implements MigrationTable {

  @Override
  public MigrationTable named(String table) {
    return new FlywayTable(table);
  }

  @Override
  public MigrationHistory read(Connection connection, int seconds) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString().strip();
    MigrationHistory history = new MigrationHistory();
    MigrationTable.rows(
        connection,
        seconds,
        "select "
            + quoted(quote, "version", "type", "checksum", "success", "description")
            + " from "
            + quoted(quote, table.split("\\.")).replace(", ", ".")
            + " order by "
            + quoted(quote, "installed_rank"),
        row -> {
          String version = MigrationTable.text(row, 1);
          String type = MigrationTable.text(row, 2);
          boolean repeatable = version.isEmpty();
          String name = repeatable ? MigrationTable.text(row, 5) : version;
          if (!row.getBoolean(4)) {
            history.failed(name);
          } else if (type.startsWith("UNDO") || type.equals("DELETE")) {
            history.undone(name);
          } else if (type.equals("BASELINE")) {
            history.baseline(version);
          } else if (repeatable) {
            history.mended(name);
          } else {
            history.applied(name, MigrationTable.text(row, 3));
          }
        });
    return history;
  }

  private static String quoted(String quote, String... names) {
    return Arrays.stream(names).map(it -> quote + it + quote).collect(Collectors.joining(", "));
  }
}
