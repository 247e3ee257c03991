package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.vigil.core.Secret;
import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.probe.Certificates;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateCheckIT {

  @TempDir static Path dir;

  private static Certificates certificates;
  private static KeyStore authority;

  @BeforeAll
  static void makeAuthority() throws Exception {
    certificates = new Certificates(dir);
    authority =
        KeyStore.getInstance(
            certificates.authority().toFile(), Certificates.PASSWORD.toCharArray());
  }

  @Test
  void isHealthyWhereThereIsTimeLeft() throws Exception {
    try (TlsTestServer server = serving("localhost", "-1d", 61)) {
      CertificateCheck check = asking(server.at());

      HealthResult result = run(check);

      assertThat(result.status()).as(result.toString()).isEqualTo(HealthStatus.HEALTHY);
      Map<String, Object> first = first(result);
      assertThat(first.get("host")).isEqualTo(server.at());
      assertThat((Long) first.get("daysLeft")).isBetween(59L, 60L);
      assertThat(first.get("subject")).isEqualTo("CN=Test server");
      assertThat(first.get("issuer")).isEqualTo("CN=Test CA");
      assertThat(check.daysLeft(server.at()).getAsDouble()).isCloseTo(60, within(1.0));
      await().untilAsserted(() -> assertThat(server.askedFor).containsExactly("localhost"));
    }
  }

  @Test
  void isDegradedInTheLastMonthAndUnhealthyInTheLastWeek() throws Exception {
    try (TlsTestServer month = serving("localhost", "-1d", 21);
        TlsTestServer week = serving("localhost", "-1d", 4)) {
      HealthResult degraded = run(asking(month.at()));
      HealthResult unhealthy = run(asking(week.at()));

      assertThat(degraded.status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(degraded.message()).matches(month.at() + " ends in (19|20) days");
      assertThat(unhealthy.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(unhealthy.message()).matches(week.at() + " ends in [23] days");
    }
  }

  @Test
  void saysThatACertificateHasExpired() throws Exception {
    try (TlsTestServer server = serving("localhost", "-3d", 1)) {
      HealthResult result = run(asking(server.at()));

      assertThat(result).hasToString("unhealthy: " + server.at() + " has expired " + result.data());
      assertThat((Long) first(result).get("daysLeft")).isNegative();
    }
  }

  @Test
  void saysThatACertificateIsNotValidYet() throws Exception {
    try (TlsTestServer server = serving("localhost", "+2d", 60)) {
      assertThat(run(asking(server.at())).message()).isEqualTo(server.at() + " is not valid yet");
    }
  }

  @Test
  void saysThatACertificateIsNotTrustedAndReadsItsDatesAllTheSame() throws Exception {
    try (TlsTestServer own = new TlsTestServer(certificates.selfSigned());
        TlsTestServer unknown = serving("localhost", "-1d", 61)) {
      HealthResult selfSigned = run(asking(own.at()));
      HealthResult foreign = run(CertificateCheck.servers(unknown.at()));

      assertThat(selfSigned.message())
          .isEqualTo(own.at() + " is not signed by a trusted authority");
      assertThat(foreign.message())
          .isEqualTo(unknown.at() + " is not signed by a trusted authority");
      assertThat(first(foreign)).containsKey("expires");
    }
  }

  @Test
  void saysThatACertificateIsForAnotherHost() throws Exception {
    try (TlsTestServer server = serving("elsewhere.example", "-1d", 61)) {
      HealthResult result = run(asking(server.at()));

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message()).isEqualTo(server.at() + " is for another host");
    }
  }

  @Test
  void readsTheCertificateOfAServerThatWantsOneItself() throws Exception {
    SSLContext tls = certificates.server("localhost", "-1d", 62);
    try (TlsTestServer server = new TlsTestServer(tls, true)) {
      assertThat(run(asking(server.at())).status()).isEqualTo(HealthStatus.HEALTHY);
    }
  }

  @Test
  void putsTheWorstOfManyFirst() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = free.getLocalPort();
    }
    try (TlsTestServer good = serving("localhost", "-1d", 61);
        TlsTestServer soon = serving("localhost", "-1d", 21)) {
      HealthResult result = run(asking(good.at(), soon.at(), "localhost:" + closed));

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(result.message())
          .startsWith("localhost:" + closed + " refuses the connection; " + soon.at() + " ends in");
      assertThat((List<?>) result.data().get("certificates")).hasSize(3);
    }
  }

  @Test
  void asksServersAtTheSameTime() throws Exception {
    CountDownLatch bothAsked = new CountDownLatch(2);
    RawServer.Behaviour hangUpOnceBothAreAsked =
        (socket, out) -> {
          bothAsked.countDown();
          try {
            bothAsked.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          socket.close();
        };
    try (RawServer one = RawServer.doing(hangUpOnceBothAreAsked);
        RawServer other = RawServer.doing(hangUpOnceBothAreAsked)) {
      HealthResult result = run(asking("localhost:" + one.port(), "localhost:" + other.port()));

      assertThat(result.message())
          .contains("localhost:" + one.port() + " does not complete a TLS handshake")
          .contains("localhost:" + other.port() + " does not complete a TLS handshake");
    }
  }

  @Test
  void saysWhereSomethingElseAnswers() throws Exception {
    try (RawServer garbage = RawServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      HealthResult result = run(asking("localhost:" + garbage.port()));

      assertThat(result.message())
          .isEqualTo("localhost:" + garbage.port() + " does not complete a TLS handshake");
    }
  }

  @Test
  void endsInTimeWhereTheServerIsSilent() throws Exception {
    try (RawServer silent = RawServer.silent()) {
      HealthResult result =
          asking("localhost:" + silent.port()).check(FakeContext.within(Duration.ofMillis(300)));

      assertThat(result.message())
          .isEqualTo("localhost:" + silent.port() + " gave no answer in time");
    }
  }

  @Test
  void closesItsSocketAtTheTimeOutWhereTheServerDrips() throws Exception {
    RawServer.Behaviour drip =
        (socket, out) -> {
          // A handshake record of 16 KB, byte by byte: no read ever waits long.
          out.write(new byte[] {22, 3, 3, 63, -1, 2, 0, 63, -1});
          while (true) {
            out.write(0);
            out.flush();
            LockSupport.parkNanos(50_000_000);
          }
        };
    try (RawServer server = RawServer.doing(drip);
        HealthRegistry registry =
            HealthRegistry.builder()
                .check(
                    "tls",
                    asking("localhost:" + server.port()),
                    // The late result stays, so that asking for it does not start the next run.
                    c -> c.timeout(Duration.ofMillis(400)).cacheFor(Duration.ofMinutes(1)))
                .build()) {
      CheckReport first = registry.check().checks().get("tls");

      assertThat(first.status()).isEqualTo(HealthStatus.UNHEALTHY);
      await().until(() -> !registry.check().checks().get("tls").data().isEmpty());
    }
  }

  @Test
  void readsFiles() throws Exception {
    Path pem = certificates.pem("localhost", "-1d", 21);
    Path with = dir.resolve("with-key.pem");
    Files.writeString(
        with,
        "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----\n"
            + Files.readString(pem));

    assertThat(run(CertificateCheck.pem(pem)).status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(run(CertificateCheck.pem(with)).message())
        .matches("with-key.pem ends in (19|20) days");
    assertThat(
            run(CertificateCheck.keyStore(
                        certificates.authority(), Secret.of(Certificates.PASSWORD))
                    .daysLeft(80, 40))
                .status())
        .isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void saysWhatIsWrongWithAFileAndNotItsPassword() throws Exception {
    Path garbage = Files.writeString(dir.resolve("garbage.pem"), "no certificate here");
    Path broken =
        Files.writeString(
            dir.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");

    HealthResult wrong =
        run(CertificateCheck.keyStore(certificates.authority(), Secret.of("planted-hunter2")));

    assertThat(wrong.message()).isEqualTo("ca.p12 cannot be read");
    assertThat(wrong.toString()).doesNotContain("planted");
    assertThat(run(CertificateCheck.pem(garbage)).message())
        .isEqualTo("garbage.pem holds no certificate");
    assertThat(run(CertificateCheck.pem(broken)).message())
        .isEqualTo("broken.pem holds what is no certificate");
    assertThat(run(CertificateCheck.pem(dir.resolve("gone.pem"))).message())
        .isEqualTo("gone.pem cannot be read");
  }

  private static TlsTestServer serving(String host, String from, int days) throws Exception {
    return new TlsTestServer(certificates.server(host, from, days));
  }

  private static CertificateCheck asking(String... hosts) {
    return CertificateCheck.servers(hosts).trusting(authority);
  }

  private static HealthResult run(CertificateCheck check) throws Exception {
    return check.check(FakeContext.tenSeconds());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> first(HealthResult result) {
    return (Map<String, Object>) ((List<?>) result.data().get("certificates")).get(0);
  }
}
