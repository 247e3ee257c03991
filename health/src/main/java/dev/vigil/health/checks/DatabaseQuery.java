package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A query, and what its first number must be, if anything. */
record DatabaseQuery(String sql, @Nullable LongPredicate expectation) implements DatabaseQuestion {

  static DatabaseQuery of(String sql) {
    if (Objects.requireNonNull(sql, "sql").isBlank()) {
      throw new IllegalArgumentException("query must be a SQL statement but was blank");
    }
    return new DatabaseQuery(sql, null);
  }

  DatabaseQuery expecting(LongPredicate expectation) {
    return new DatabaseQuery(sql, Objects.requireNonNull(expectation, "expectation"));
  }

  @Override
  public HealthResult run(Connection connection, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return rows.next() ? judge(rows) : HealthResult.unhealthy("the query returned no row");
      }
    }
  }

  private HealthResult judge(ResultSet row) throws SQLException {
    if (expectation == null) {
      return HealthResult.healthy();
    }
    long value = row.getLong(1);
    if (row.wasNull()) {
      return HealthResult.unhealthy("the query returned null where a number was expected");
    }
    HealthResult result =
        expectation.test(value)
            ? HealthResult.healthy()
            : HealthResult.unhealthy("the query's answer is not what is expected");
    return result.with("value", value);
  }
}
