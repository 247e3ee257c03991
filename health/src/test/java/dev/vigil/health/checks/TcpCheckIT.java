package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.core.Ticker;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TcpCheckIT {

  @Test
  void connectsAndClosesAtOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      HealthResult result =
          TcpCheck.connect("localhost", server.getLocalPort()).check(FakeContext.tenSeconds());

      assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInputStream().read()).as("end of stream").isEqualTo(-1);
      }
    }
  }

  @Test
  void isUnhealthyWhereNothingListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    HealthResult result = TcpCheck.connect("127.0.0.1", port).check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("no connection");
  }

  /** Linux drops a connection that does not fit into the queue of a server which never accepts. */
  @Test
  void endsInTimeWhereNobodyAnswers() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket first = new Socket("127.0.0.1", full.getLocalPort());
        Socket second = new Socket("127.0.0.1", full.getLocalPort())) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      TcpCheck check = TcpCheck.connect("127.0.0.1", full.getLocalPort());
      long start = System.nanoTime();

      HealthResult result = check.check(FakeContext.within(Duration.ofMillis(300)));

      assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(System.nanoTime() - start)
          .isBetween(TimeUnit.MILLISECONDS.toNanos(290), TimeUnit.MILLISECONDS.toNanos(1500));
    }
  }

  @Test
  void saysWhereTheNameCannotBeResolved() {
    HealthResult result =
        TcpCheck.connect("no-such-host.invalid", 80).check(FakeContext.tenSeconds());

    assertThat(result.message()).isEqualTo("the host name cannot be resolved");
  }

  @Test
  void isDegradedWhereConnectingTakesTooLong() throws Exception {
    Ticker slow =
        new Ticker() {
          private long now;

          @Override
          public long read() {
            return now += TimeUnit.SECONDS.toNanos(2);
          }

          @Override
          public void park(long nanos) {
            throw new UnsupportedOperationException();
          }
        };
    try (ServerSocket server = new ServerSocket(0)) {
      HealthResult result =
          TcpCheck.connect("localhost", server.getLocalPort(), slow)
              .degradedOver(Duration.ofSeconds(1))
              .check(FakeContext.tenSeconds());

      assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(result.message()).isEqualTo("slow: answered in 2000 ms, over 1 s");
    }
  }

  @Test
  void refusesWhatIsNoHostOrPort() {
    assertThatIllegalArgumentException().isThrownBy(() -> TcpCheck.connect(" ", 80));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TcpCheck.connect("a", 0))
        .withMessage("port must be between 1 and 65535 but was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> TcpCheck.connect("a", 65_536));
  }

  @Test
  void isRemote() {
    assertThat(TcpCheck.connect("a", 1).remote()).isTrue();
  }
}
