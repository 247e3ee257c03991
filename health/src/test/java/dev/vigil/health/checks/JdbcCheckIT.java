package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcCheckIT {

  private static final String PASSWORD = "planted-hunter2";

  private static EmbeddedPostgres postgres;
  private static DataSource database;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    database = postgres.getPostgresDatabase();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table orders (id int)");
      statement.execute("insert into orders values (1), (2)");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void isHealthyWhereTheDatabaseAnswers() {
    assertThat(run(JdbcCheck.of(database)).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void holdsACountAgainstTheExpectation() {
    JdbcCheck counting = JdbcCheck.of(database).query("select count(*) from orders");

    assertThat(run(counting.expecting(n -> n == 2)).status()).isEqualTo(HealthStatus.HEALTHY);
    HealthResult wrong = run(counting.expecting(n -> n > 2));

    assertThat(wrong.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(wrong.data()).containsEntry("value", 2L);
  }

  @Test
  void showsTheCodesOfWhatTheDatabaseThrows() {
    HealthResult result = run(JdbcCheck.of(database).query("select count(*) from gone"));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.data()).containsEntry("sqlState", "42P01").containsEntry("vendorCode", 0);
  }

  @Test
  void isUnhealthyWhereAnAnswerIsNoNumber() {
    HealthResult result = run(JdbcCheck.of(database).query("select 'many'").expecting(n -> true));

    assertThat(result.message()).isEqualTo("the database answered with an error");
  }

  @Test
  void letsNoQueryWrite() throws Exception {
    HealthResult result =
        run(JdbcCheck.of(database).query("insert into orders values (3) returning id"));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.data()).as("read-only transaction").containsEntry("sqlState", "25006");
  }

  @Test
  void returnsTheConnectionAsItCame() throws Exception {
    for (boolean autoCommit : new boolean[] {true, false}) {
      try (Connection connection = database.getConnection()) {
        connection.setAutoCommit(autoCommit);
        JdbcCheck check = JdbcCheck.connecting(limit -> unclosable(connection)).query("select 1");

        assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
        run(check.query("select wrong"));

        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(
                ((org.postgresql.core.BaseConnection) connection.unwrap(Connection.class))
                    .getTransactionState())
            .isEqualTo(org.postgresql.core.TransactionState.IDLE);
      }
    }
  }

  @Test
  void leavesASlowQueryWhenTheTimeIsUp() {
    long start = System.nanoTime();

    HealthResult result =
        JdbcCheck.of(database)
            .query("select pg_sleep(60)")
            .check(FakeContext.within(Duration.ofSeconds(1)));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.data()).as("cancelled").containsEntry("sqlState", "57014");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void saysNoConnectionWhereNothingListensAndShowsNoPassword() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    HealthResult result = run(JdbcCheck.of(dataSource(port)));

    assertThat(result.message()).isEqualTo("no connection");
    assertThat(result.data()).containsEntry("sqlState", "08001");
    assertThat(result.toString()).doesNotContain(PASSWORD, "jdbc:");
  }

  @Test
  void namesTheDriversReadWhereTheServerIsSilent() throws Exception {
    try (RawServer silent = RawServer.silent();
        HealthRegistry health =
            HealthRegistry.builder()
                .check(
                    "database",
                    JdbcCheck.of(dataSource(silent.port())),
                    c -> c.timeout(Duration.ofMillis(500)))
                .build()) {
      long start = System.nanoTime();

      CheckReport report = health.check().checks().get("database");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(report.timedOut()).isTrue();
      assertThat(report.stuckAt())
          .anySatisfy(frame -> assertThat(frame).startsWith("org.postgresql."))
          .anySatisfy(frame -> assertThat(frame).containsIgnoringCase("read"));
      assertThat(report.message() + " " + report.data() + report.stuckAt())
          .doesNotContain(PASSWORD, "jdbc:");
      silent.hangUp(); // ends the driver's read, so that the registry need not wait for it
    }
  }

  /** The connection stands, then the network goes: isValid blocks until the abort. */
  @Test
  void abortsAConnectionThatFallsSilentAtTheTimeOut() throws Exception {
    AtomicReference<HealthResult> late = new AtomicReference<>();
    try (StallingProxy network = new StallingProxy(postgres.getPort());
        Connection connection =
            dataSource(network.port(), "postgres", "postgres").getConnection()) {
      JdbcCheck check = JdbcCheck.connecting(limit -> unclosable(connection));
      assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
      network.stall();
      try (HealthRegistry health =
          HealthRegistry.builder()
              .check(
                  "database",
                  context -> {
                    HealthResult result = check.check(context);
                    late.set(result);
                    return result;
                  },
                  c -> c.timeout(Duration.ofMillis(1200)))
              .build()) {
        CheckReport report = health.check().checks().get("database");

        // By now it has timed out, or the abort has already brought the run back.
        assertThat(report.status()).isEqualTo(HealthStatus.UNHEALTHY);
        await().atMost(Duration.ofSeconds(5)).until(() -> late.get() != null);
        assertThat(late.get().message())
            .isEqualTo("no answer before the time-out; the connection was aborted");
        assertThat(connection.isClosed()).isTrue();
      }
    }
  }

  private static HealthResult run(JdbcCheck check) {
    return check.check(FakeContext.tenSeconds());
  }

  private static DataSource dataSource(int port) {
    return dataSource(port, "orders", PASSWORD);
  }

  private static DataSource dataSource(int port, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user + "&password=" + password);
    return source;
  }

  /** A pool's connection is not closed when its user closes it. */
  private static Connection unclosable(Connection connection) {
    return (Connection)
        java.lang.reflect.Proxy.newProxyInstance(
            JdbcCheckIT.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, args) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, args);
              } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
