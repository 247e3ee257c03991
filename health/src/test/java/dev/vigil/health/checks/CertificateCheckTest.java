package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCheckTest {

  @ParameterizedTest
  @CsvSource({
    "31, HEALTHY",
    "30, HEALTHY",
    "29.99, DEGRADED",
    "7, DEGRADED",
    "6.99, UNHEALTHY",
    "-1, UNHEALTHY"
  })
  void judgesByTheDaysLeft(double days, HealthStatus expected) {
    assertThat(CertificateDays.STANDARD.judge(days)).isEqualTo(expected);
  }

  @Test
  void countsPartsOfDays() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(CertificateDays.left(now, now.plus(Duration.ofHours(36)))).isEqualTo(1.5);
    assertThat(CertificateDays.left(now, now.minus(Duration.ofHours(12)))).isEqualTo(-0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "example.com:443, example.com",
    "example.com:8443, example.com:8443",
    "'[::1]:8443', '[::1]:8443'",
    "'[::1]', '[::1]'",
    "192.0.2.1, 192.0.2.1"
  })
  void namesServersAsTheyWereGiven(String given, String name) {
    assertThat(CertificateCheck.servers(given).names()).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "https://a", "a/b", "a:0", "a:65536", "a:x", "u@a", "a:1:2", "[a"})
  void refusesWhatIsNoServer(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificateCheck.servers(given))
        .withMessageStartingWith("a server must be host, host:port or [IPv6]:port");
  }

  @Test
  void refusesNoServersAndTheSameTwice() {
    assertThatIllegalArgumentException().isThrownBy(CertificateCheck::servers);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificateCheck.servers("a.example", "a.example:443"));
  }

  @Test
  void refusesLimitsOutOfOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificateCheck.servers("a.example").daysLeft(7, 7))
        .withMessage(
            "limits must be days with 0 <= unhealthyUnder < degradedUnder but degradedUnder was 7"
                + " and unhealthyUnder 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificateCheck.servers("a.example").daysLeft(7, -1));
  }

  @Test
  void runsEveryHourAndIsRemote() {
    CertificateCheck check = CertificateCheck.servers("a.example");

    assertThat(check.interval()).contains(Duration.ofHours(1));
    assertThat(check.remote()).isTrue();
    assertThat(check.daysLeft("a.example")).isEmpty();
  }
}
