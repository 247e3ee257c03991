package dev.vigil.health.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import dev.vigil.health.checks.StallingProxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HikariCheckIT {

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void showsTheFiguresOfAPoolAtEase() {
    try (HikariDataSource pool = new HikariDataSource(config())) {
      HealthResult result = run(HikariCheck.of(pool));

      assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(result.data())
          .containsEntry("active", 0)
          .containsEntry("max", 2)
          .containsEntry("waiting", 0);
    }
  }

  @Test
  void isDegradedAtOnceWhenAPoolThatWasWellIsExhausted() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(config())) {
      HikariCheck check = HikariCheck.of(pool);
      assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
      try (Connection first = pool.getConnection();
          Connection second = pool.getConnection()) {
        assertThat(first).isNotSameAs(second);

        HealthResult result = run(check);

        assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(result.message()).isEqualTo("pool exhausted");
        assertThat(result.data())
            .containsEntry("active", 2)
            .containsEntry("idle", 0)
            .containsEntry("total", 2)
            .containsEntry("max", 2)
            .containsEntry("waiting", 0)
            .doesNotContainKey("connectionWaitMillis");
      }

      assertThat(run(check).status()).as("and well again").isEqualTo(HealthStatus.HEALTHY);
    }
  }

  /** The pool's own time-out is 30 s; the check must not wait for that. */
  @Test
  void waitsNoLongerThanItsLimitWhateverThePoolsIs() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(config());
        Connection first = pool.getConnection();
        Connection second = pool.getConnection()) {
      assertThat(first).isNotSameAs(second);
      long start = System.nanoTime();

      HealthResult result = run(HikariCheck.of(pool));

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message()).isEqualTo("no connection within 2 s");
      assertThat(result.data()).containsEntry("active", 2).containsKey("connectionWaitMillis");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1990), Duration.ofSeconds(10));
      assertThat(pool.getConnectionTimeout()).as("the application's own").isEqualTo(30_000);
    }
  }

  @Test
  void takesTheOptionsOfTheJdbcCheck() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(config());
        Connection first = pool.getConnection();
        Connection second = pool.getConnection()) {
      assertThat(first).isNotSameAs(second);

      HealthResult result =
          run(HikariCheck.of(pool, jdbc -> jdbc.waitLimit(Duration.ofMillis(300))));

      assertThat(result.message()).isEqualTo("no connection within 300 ms");
    }
  }

  @Test
  void startsAPoolThatHasNotStarted() {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(postgres.getPostgresDatabase());

      assertThat(run(HikariCheck.of(pool)).status()).isEqualTo(HealthStatus.HEALTHY);
      assertThat(run(HikariCheck.of(pool)).data()).containsKey("active");
    }
  }

  @Test
  void isUnhealthyWhereThePoolIsClosed() {
    HikariDataSource pool = new HikariDataSource(config());
    pool.close();

    HealthResult result = run(HikariCheck.of(pool));

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no connection");
  }

  @Test
  void handsBackConnectionsThatThePoolFindsClean() throws Exception {
    HikariConfig config = config();
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      HikariCheck check =
          HikariCheck.of(pool, jdbc -> jdbc.query("select 1").expecting(n -> n == 1));

      assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);

      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.isReadOnly()).isFalse();
      }
    }
  }

  @Test
  void losesAnAbortedConnectionAndNoMore() throws Exception {
    try (StallingProxy network = new StallingProxy(postgres.getPort())) {
      HikariConfig config = config();
      config.setDataSource(null);
      config.setJdbcUrl(
          "jdbc:postgresql://127.0.0.1:" + network.port() + "/postgres?user=postgres");
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        HikariCheck check = HikariCheck.of(pool);
        assertThat(run(check).status()).isEqualTo(HealthStatus.HEALTHY);
        network.stall();
        FakeContext context = FakeContext.tenSeconds();
        Thread canceller =
            new Thread(
                () -> {
                  await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 1);
                  context.cancel();
                });
        canceller.start();

        HealthResult result = check.check(context);

        canceller.join();
        assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
        await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        network.hangUp(); // the pool waits 5 s for the connection that it makes anew
      }
    }
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.getPostgresDatabase());
    config.setMaximumPoolSize(2);
    return config;
  }

  private static HealthResult run(HikariCheck check) {
    return check.check(FakeContext.tenSeconds());
  }
}
