package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcCheckTest {

  private static final String PASSWORD = "planted-hunter2";

  private final FakeDatabase database = new FakeDatabase();
  private final JdbcCheck check = JdbcCheck.connecting(database, database.time);

  @Test
  void asksTheDriverAndReturnsTheConnection() {
    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.data()).containsEntry("connectionWaitMillis", 0L);
    assertThat(database.calls).containsExactly("isValid 10", "close");
  }

  @ParameterizedTest
  @CsvSource({"10000, 10", "1999, 2", "2000, 2", "2001, 3", "300, 1", "0, 1"})
  void givesTheDriverTheTimeLeftInWholeSecondsAndNeverNoLimit(long remaining, int seconds) {
    check.check(FakeContext.within(Duration.ofMillis(remaining)));

    assertThat(database.calls).contains("isValid " + seconds);
  }

  @Test
  void isUnhealthyWhenTheConnectionIsNotValid() {
    database.valid = false;

    HealthResult result = check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("the connection is not valid");
    assertThat(database.calls).containsExactly("isValid 10", "close");
  }

  @Test
  void runsTheQueryReadOnlyAndRolledBackAndRestoresTheConnection() {
    check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(database.calls)
        .containsExactly(
            "isValid 10",
            "readOnly true",
            "autoCommit false",
            "queryTimeout 10",
            "query select 1",
            "rollback",
            "autoCommit true",
            "readOnly false",
            "close");
  }

  @Test
  void leavesAsItWasAConnectionWithoutAutoCommit() {
    database.autoCommit = false;
    database.readOnly = true;

    check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(database.calls)
        .containsExactly(
            "isValid 10", "rollback", "queryTimeout 10", "query select 1", "rollback", "close");
  }

  @Test
  void doesWithoutReadOnlyWhereTheDriverRefusesIt() {
    database.refusesReadOnly = true;

    HealthResult result = check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(database.autoCommit).isTrue();
  }

  @Test
  void restoresTheConnectionAfterAQueryThatFails() {
    database.queryFails = new SQLException("relation is not there", "42P01", 7);

    HealthResult result = check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("the database answered with an error");
    assertThat(result.data()).containsEntry("sqlState", "42P01").containsEntry("vendorCode", 7);
    assertThat(result.cause()).isSameAs(database.queryFails);
    assertThat(database.calls).endsWith("rollback", "autoCommit true", "readOnly false", "close");
  }

  @Test
  void ratherKillsAConnectionThatItCannotRestoreThanHandsItOn() {
    database.rollbackFails = new SQLException("gone");

    HealthResult result = check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(database.calls).endsWith("query select 1", "abort", "close");
  }

  @Test
  void holdsTheAnswerAgainstTheExpectation() {
    JdbcCheck counting = check.query("select count(*) from orders").expecting(n -> n > 0);

    assertThat(counting.check(FakeContext.tenSeconds()).status()).isEqualTo(HealthStatus.HEALTHY);

    database.value = 0L;
    HealthResult result = counting.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("the query's answer is not what is expected");
    assertThat(result.data()).containsEntry("value", 0L);
  }

  @Test
  void isUnhealthyWhereTheQueryAnswersNoRowOrNull() {
    database.value = null;
    assertThat(check.query("select x").check(FakeContext.tenSeconds()).status())
        .as("a row, and nothing expected of it")
        .isEqualTo(HealthStatus.HEALTHY);
    assertThat(
            check.query("select x").expecting(n -> true).check(FakeContext.tenSeconds()).message())
        .isEqualTo("the query returned null where a number was expected");

    database.rowThere = false;
    assertThat(check.query("select x").check(FakeContext.tenSeconds()).message())
        .isEqualTo("the query returned no row");
  }

  @Test
  void returnsTheConnectionWhenTheExpectationThrows() {
    JdbcCheck broken =
        check
            .query("select 1")
            .expecting(
                n -> {
                  throw new AssertionError("broken expectation");
                });

    assertThatThrownBy(() -> broken.check(FakeContext.tenSeconds()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken expectation");

    assertThat(database.calls).endsWith("rollback", "autoCommit true", "readOnly false", "close");
  }

  @Test
  void tellsTheSourceHowLongToWaitAtMost() {
    check.check(FakeContext.tenSeconds());
    assertThat(database.limitGiven).isEqualTo(Duration.ofSeconds(2));

    check.check(FakeContext.within(Duration.ofMillis(700)));
    assertThat(database.limitGiven).isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void countsAConnectionThatComesAfterTheWaitLimitAsNone() {
    database.connectTakes = Duration.ofMillis(2001);

    HealthResult result = check.query("select 1").check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no connection within 2 s");
    assertThat(result.data()).containsEntry("connectionWaitMillis", 2001L);
    assertThat(database.calls).containsExactly("close");
  }

  @Test
  void saysThatThereWasNoConnectionInTimeWhenThePoolGivesUp() {
    database.connectTakes = Duration.ofMillis(500);
    database.connectFails = new SQLTransientConnectionException("timed out, password=" + PASSWORD);

    HealthResult result = check.waitLimit(Duration.ofMillis(500)).check(FakeContext.tenSeconds());

    assertThat(result.message()).isEqualTo("no connection within 500 ms");
    assertThat(result.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void saysWhereTheRunsTimeWasShorterThanTheWaitLimit() {
    database.connectTakes = Duration.ofMillis(700);
    database.connectFails = new SQLTransientConnectionException("timed out");

    HealthResult result = check.check(FakeContext.within(Duration.ofMillis(700)));

    assertThat(result.message()).isEqualTo("no connection before the time-out");
  }

  @Test
  void saysNoConnectionWhereItIsRefusedAtOnce() {
    SQLException driver = new SQLException("refused for " + PASSWORD, "08001", 0);
    database.connectFails = new SQLTransientConnectionException("pool", driver);

    HealthResult result = check.check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no connection");
    assertThat(result.data()).containsEntry("sqlState", "08001");
    assertThat(result.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void showsNoSqlStateThatIsNone() {
    database.connectFails = new SQLException("refused", PASSWORD, 0);

    assertThat(check.check(FakeContext.tenSeconds()).toString())
        .doesNotContain("sqlState", PASSWORD);
  }

  @Test
  void isDegradedWhenAllOfItTakesTooLong() {
    database.connectTakes = Duration.ofMillis(300);
    database.queryTakes = Duration.ofMillis(300);

    HealthResult result =
        check
            .query("select 1")
            .degradedOver(Duration.ofMillis(500))
            .check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("slow: answered in 600 ms, over 500 ms");
  }

  @Test
  void abortsTheConnectionWhenTheRunIsCancelled() {
    FakeContext context = FakeContext.tenSeconds();
    database.queryFails = new SQLException("closed", "08006");
    database.duringQuery = context::cancel;

    HealthResult result = check.query("select 1").check(context);

    assertThat(database.calls).contains("abort");
    assertThat(result.message())
        .isEqualTo("no answer before the time-out; the connection was aborted");
  }

  @Test
  void neverAbortsAConnectionThatIsSomebodyElsesByNow() {
    FakeContext context = FakeContext.tenSeconds();

    check.check(context);
    context.cancel();

    assertThat(database.calls).doesNotContain("abort");
  }

  @Test
  void refusesAnExpectationWithoutAQuery() {
    assertThatIllegalStateException()
        .isThrownBy(() -> check.expecting(n -> true))
        .withMessage("expecting(..) needs a query to expect something of; call query(..) first");
  }

  @Test
  void refusesValuesThatMeanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> check.query(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> check.waitLimit(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> check.degradedOver(Duration.ZERO));
  }

  @Test
  void isRemote() {
    assertThat(check.remote()).isTrue();
  }
}
