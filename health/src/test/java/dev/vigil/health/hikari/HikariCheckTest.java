package dev.vigil.health.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import dev.vigil.health.checks.JdbcCheck;
import dev.vigil.testing.FakeTime;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HikariCheckTest {

  private final FakeTime time = new FakeTime();
  private PoolFigures figures = new PoolFigures(1, 9, 10, 10, 0);
  private boolean up = true;
  private int asked;
  private final HikariCheck check =
      HikariCheck.of(JdbcCheck.connecting(limit -> connect()), () -> figures, time);

  @Test
  void showsHowBusyThePoolIs() {
    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.data())
        .containsEntry("active", 1)
        .containsEntry("idle", 9)
        .containsEntry("total", 10)
        .containsEntry("max", 10)
        .containsEntry("waiting", 0);
  }

  @Test
  void isDegradedAndStaysOutOfTheQueueWhileThePoolIsExhaustedButWasWellLately() {
    check.check(FakeContext.tenSeconds());
    figures = new PoolFigures(10, 0, 10, 10, 3);
    time.advance(Duration.ofSeconds(30));

    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("pool exhausted");
    assertThat(result.data()).containsEntry("active", 10).containsEntry("waiting", 3);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void asksForAConnectionOnceTheLastValidOneIsOld() {
    check.check(FakeContext.tenSeconds());
    figures = new PoolFigures(10, 0, 10, 10, 3);
    up = false;
    time.advance(Duration.ofSeconds(30).plusNanos(1));

    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no connection");
  }

  @Test
  void isDegradedWhereAnExhaustedPoolStillGivesAValidConnection() {
    figures = new PoolFigures(10, 0, 10, 10, 3);

    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("pool exhausted");
    assertThat(result.data()).containsKeys("connectionWaitMillis", "active");
  }

  @Test
  void doesNotGuessAnExhaustedPoolWhereConnectionsFail() {
    check.check(FakeContext.tenSeconds());
    up = false;
    figures = new PoolFigures(0, 0, 0, 10, 1);

    assertThat(check.check(FakeContext.tenSeconds()).status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void doesNotTakeAFailedRunForAValidConnection() {
    up = false;
    check.check(FakeContext.tenSeconds());
    figures = new PoolFigures(10, 0, 10, 10, 0);

    assertThat(check.check(FakeContext.tenSeconds()).status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void showsNoFiguresBeforeThePoolHasStarted() {
    figures = null;

    assertThat(check.check(FakeContext.tenSeconds()).data())
        .containsOnlyKeys("connectionWaitMillis");
  }

  private Connection connect() throws SQLException {
    asked++;
    if (!up) {
      throw new SQLException("down", "08001");
    }
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, args) -> method.getReturnType() == boolean.class ? true : null);
  }
}
