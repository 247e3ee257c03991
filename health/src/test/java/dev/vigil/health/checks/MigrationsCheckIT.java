package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsCheckIT {

  private static EmbeddedPostgres postgres;
  private static DataSource database;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void makeTables() throws SQLException {
    sql(
        "drop table if exists schema_migrations",
        "create table schema_migrations (version varchar(50) primary key, description text,"
            + " checksum varchar(64), applied_at timestamp, rolled_back_at timestamp)",
        "drop table if exists flyway_schema_history",
        // As Flyway 11 creates it for PostgreSQL.
        "create table flyway_schema_history (installed_rank int not null, version varchar(50),"
            + " description varchar(200) not null, type varchar(20) not null,"
            + " script varchar(1000) not null, checksum int, installed_by varchar(100) not null,"
            + " installed_on timestamp not null default now(), execution_time int not null,"
            + " success boolean not null)");
  }

  @Test
  void isHealthyWhereAllThatIsExpectedIsApplied() throws SQLException {
    sql("insert into schema_migrations values ('001', '', 'aa', now(), null)");
    sql("insert into schema_migrations values ('002', '', 'bb', now(), null)");

    HealthResult result = run(guide(Map.of("001", "AA")));

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.data()).containsEntry("applied", 2).containsEntry("unknown", 1L);
  }

  @Test
  void isDegradedWhereOneIsPendingOrRolledBack() throws SQLException {
    sql("insert into schema_migrations values ('9', '', 'aa', now(), now())");

    HealthResult result = run(guide(Map.of("9", "aa", "10", "")));

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("2 migrations pending");
    assertThat(result.data()).containsEntry("pending", List.of("9", "10"));
  }

  @Test
  void isUnhealthyWhereOneHasFailedOrWasChanged() throws SQLException {
    sql("insert into schema_migrations values ('001', '', 'other', now(), null)");
    sql("insert into schema_migrations values ('002', '', 'bb', null, null)");

    HealthResult result = run(guide(Map.of("001", "aa", "002", "bb", "003", "cc")));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message())
        .isEqualTo(
            "1 migration failed; 1 migration changed after being applied; 1 migration pending");
    assertThat(result.data())
        .containsEntry("failed", List.of("002"))
        .containsEntry("changed", List.of("001"))
        .containsEntry("pending", List.of("003"));
  }

  @Test
  void readsFlywaysHistory() throws SQLException {
    flyway(1, "1", "BASELINE", null, true);
    flyway(2, "1.9", "SQL", 42, true);
    flyway(3, "1.10", "SQL", -7, true);
    flyway(4, null, "SQL", 5, true);

    HealthResult result = run(flyway(Map.of("0.5", "", "1", "", "1.9", "42", "1.10", "-7")));

    assertThat(result.status()).as(result.toString()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void understandsFlywaysFailuresUndosAndDeletions() throws SQLException {
    flyway(1, "1", "SQL", 1, true);
    flyway(2, "2", "SQL", 2, true);
    flyway(3, "2", "UNDO_SQL", 2, true);
    flyway(4, "3", "SQL", 3, true);
    flyway(5, "3", "DELETE", 3, true);
    flyway(6, "4", "SQL", 4, false);

    HealthResult result = run(flyway(Map.of("1", "99", "2", "", "3", "", "4", "")));

    assertThat(result.data())
        .containsEntry("changed", List.of("1"))
        .containsEntry("pending", List.of("2", "3"))
        .containsEntry("failed", List.of("4"));
  }

  @Test
  void readsWhatFlywayItselfHasWritten(@TempDir Path scripts) throws Exception {
    Files.writeString(scripts.resolve("V1__orders.sql"), "create table real.orders (id int);");
    Files.writeString(scripts.resolve("V1.10__items.sql"), "create table real.items (id int);");
    Files.writeString(scripts.resolve("V2__broken.sql"), "create table real.orders (id int);");
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .schemas("real")
            .locations("filesystem:" + scripts)
            .load();
    assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayException.class);
    Map<String, String> applied = new LinkedHashMap<>();
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getChecksum() != null) {
        applied.put(migration.getVersion().getVersion(), String.valueOf(migration.getChecksum()));
      }
    }
    assertThat(applied).containsOnlyKeys("1", "1.10", "2");
    applied.put("1", "99");
    applied.put("3", "");

    HealthResult result = run(flyway(applied).table("real.flyway_schema_history"));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.data())
        .containsEntry("changed", List.of("1"))
        // On PostgreSQL Flyway rolls its note of a failure back with the rest.
        .containsEntry("pending", List.of("2", "3"));
  }

  @Test
  void isUnhealthyWhereTheTableIsMissing() {
    HealthResult result = run(guide(Map.of()).table("public.gone"));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.data()).containsEntry("sqlState", "42P01");
  }

  @Test
  void isUnhealthyWhereTheTableHasAnotherShape() throws SQLException {
    sql("drop table if exists other", "create table other (id int)");

    assertThat(run(guide(Map.of()).table("other")).data()).containsEntry("sqlState", "42703");
  }

  @Test
  void isUnhealthyWhereTheDatabaseRefuses() throws Exception {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    try (ServerSocket free = new ServerSocket(0)) {
      nowhere.setPortNumbers(new int[] {free.getLocalPort()});
    }

    assertThat(run(MigrationsCheck.of(nowhere)).message()).isEqualTo("no connection");
  }

  @Test
  void endsAtTheTimeOutWhereTheDatabaseHangs() throws Exception {
    try (Connection locker = database.getConnection();
        Statement statement = locker.createStatement()) {
      locker.setAutoCommit(false);
      statement.execute("lock table schema_migrations");
      try (HealthRegistry registry =
          HealthRegistry.builder()
              .check("migrations", guide(Map.of()), c -> c.timeout(Duration.ofMillis(500)))
              .build()) {
        // By the engine's time-out or by the query's own, whichever is first, and its thread comes
        // back.
        assertThat(registry.check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        await().until(() -> !registry.check().checks().get("migrations").timedOut());
      }
    }
  }

  @Test
  void refusesATableNameThatCouldBeMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MigrationsCheck.of(database).table("a; drop table b"));
  }

  private static MigrationsCheck guide(Map<String, String> expected) {
    return MigrationsCheck.of(database).expecting(expected);
  }

  private static MigrationsCheck flyway(Map<String, String> expected) {
    return MigrationsCheck.flyway(database).expecting(expected);
  }

  private static HealthResult run(MigrationsCheck check) {
    return check.check(FakeContext.tenSeconds());
  }

  private static void flyway(
      int rank, String version, String type, Integer checksum, boolean success)
      throws SQLException {
    String quoted = version == null ? "null" : "'" + version + "'";
    sql(
        "insert into flyway_schema_history values ("
            + rank
            + ", "
            + quoted
            + ", 'd', '"
            + type
            + "', 's', "
            + checksum
            + ", 'me', now(), 1, "
            + success
            + ")");
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
