package dev.vigil.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.FakeContext;
import dev.vigil.testing.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisCheckTest {

  private final FakeTime time = new FakeTime();
  private Object answer = "PONG";
  private Duration takes = Duration.ZERO;
  private Exception failure;
  private final RedisCheck check = RedisCheck.ping(this::ping, time);

  @Test
  void isHealthyWhereTheAnswerIsPongAsTextOrBytes() {
    assertThat(run().status()).isEqualTo(HealthStatus.HEALTHY);

    answer = "PONG".getBytes(StandardCharsets.US_ASCII);
    assertThat(run().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void isUnhealthyWhereTheAnswerIsSomethingElseWithoutEchoingIt() {
    for (Object wrong : new Object[] {"hunter2", "pong", new byte[0], 1L, Boolean.TRUE}) {
      answer = wrong;

      HealthResult result = run();

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result).hasToString("unhealthy: the answer to PING is not PONG");
    }
    answer = null;
    assertThat(run().status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void isDegradedWhereTheAnswerComesSlowly() {
    takes = Duration.ofSeconds(1);
    assertThat(run().status()).isEqualTo(HealthStatus.HEALTHY);

    takes = Duration.ofMillis(1001);
    HealthResult result = run();

    assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(result.message()).isEqualTo("slow: answered in 1001 ms, over 1000 ms");
  }

  @Test
  void takesAnotherLimit() {
    takes = Duration.ofMillis(1001);

    assertThat(check.degradedOver(Duration.ofSeconds(3)).check(FakeContext.tenSeconds()).status())
        .isEqualTo(HealthStatus.HEALTHY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.degradedOver(Duration.ZERO))
        .withMessage("degradedOver must be positive but was PT0S");
  }

  @Test
  void isUnhealthyWhereTheClientThrowsWithoutShowingItsText() {
    failure = new IllegalStateException("AUTH failed for hunter2");

    HealthResult result = run();

    assertThat(result).hasToString("unhealthy: PING failed");
    assertThat(result.cause()).isSameAs(failure);
  }

  @Test
  void keepsAnInterrupt() {
    failure = new InterruptedException();

    assertThat(run().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void isRemote() {
    assertThat(check.remote()).isTrue();
  }

  private HealthResult run() {
    return check.check(FakeContext.tenSeconds());
  }

  private Object ping() throws Exception {
    time.advance(takes);
    if (failure != null) {
      throw failure;
    }
    return answer;
  }
}
