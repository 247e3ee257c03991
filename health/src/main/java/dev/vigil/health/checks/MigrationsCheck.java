package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Tells whoever deploys what is wrong with a database's migrations: unhealthy where one has failed
 * or was changed after it was applied, degraded where one is pending.
 *
 * <p>Held against a list of what this version of the application needs. What the database has
 * beyond that is no fault, since a newer version may be rolled out beside this one; it is counted
 * as {@code unknown}.
 *
 * <pre>{@code
 * MigrationsCheck.of(dataSource).expecting(Map.of("001", "9f86d081", "002", "60303ae2"));
 * MigrationsCheck.flyway(dataSource).expecting(Map.of("1", "-1310364125", "1.1", ""));
 * }</pre>
 *
 * <p>Reads as {@link JdbcCheck} does, with the same limits and the same data; it never writes.
 * Data: {@code applied} (a count), {@code unknown} (a count) and, where there are any, the versions
 * that are {@code pending}, {@code failed} or {@code changed}, at most 20 each. Immutable and
 * thread-safe.
 */
public final class MigrationsCheck implements HealthCheck {

  /** A name or two in SQL, without quotes: it is put into the query as it stands. */
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

  private final JdbcCheck jdbc;
  private final MigrationTable table;
  private final Map<String, String> expected;

  private MigrationsCheck(JdbcCheck jdbc, MigrationTable table, Map<String, String> expected) {
    this.jdbc = jdbc;
    this.table = table;
    this.expected = expected;
  }

  /**
   * Reads a table {@code schema_migrations} with the columns {@code version}, {@code checksum},
   * {@code applied_at} and {@code rolled_back_at}. A migration counts as applied where {@code
   * applied_at} is set and {@code rolled_back_at} is not, and as failed where neither is: it was
   * begun and not finished.
   */
  public static MigrationsCheck of(DataSource dataSource) {
    return of(dataSource, new GuideTable("schema_migrations"));
  }

  /**
   * Reads Flyway's {@code flyway_schema_history} (version 5 and later): failed where {@code
   * success} is false. Undone, deleted and baseline entries are understood, and a migration up to
   * the baseline's version is not pending; repeatable migrations can fail, but cannot be expected.
   * Checksums are Flyway's numbers, as text.
   */
  public static MigrationsCheck flyway(DataSource dataSource) {
    return of(dataSource, new FlywayTable("flyway_schema_history"));
  }

  private static MigrationsCheck of(DataSource dataSource, MigrationTable table) {
    return new MigrationsCheck(
        JdbcCheck.of(Objects.requireNonNull(dataSource, "dataSource")), table, Map.of());
  }

  /**
   * This check with the migrations that must be there; without, none is ever pending.
   *
   * @param checksums by version, in any order; an empty checksum is not compared
   */
  public MigrationsCheck expecting(Map<String, String> checksums) {
    return new MigrationsCheck(jdbc, table, Map.copyOf(checksums));
  }

  /**
   * This check with another table of the same shape.
   *
   * @param name letters, digits and underscores, with a schema before a dot if need be
   * @throws IllegalArgumentException if {@code name} is not that
   */
  public MigrationsCheck table(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "table must be a name of letters, digits and underscores, with a schema before a dot if"
              + " need be, but has other characters");
    }
    return new MigrationsCheck(jdbc, table.named(name), expected);
  }

  @Override
  public HealthResult check(CheckContext context) {
    return jdbc.asking((connection, seconds) -> table.read(connection, seconds).judge(expected))
        .check(context);
  }

  @Override
  public boolean remote() {
    return true;
  }
}
