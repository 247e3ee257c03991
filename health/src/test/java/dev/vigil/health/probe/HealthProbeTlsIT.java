package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vigil.health.probe.ProbeProcess.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packed program says of certificates, by the JDK's own words for what is wrong. */
class HealthProbeTlsIT {

  @TempDir static Path dir;

  private static Certificates certificates;

  @BeforeAll
  static void makeAnAuthority() throws Exception {
    certificates = new Certificates(dir);
  }

  private static Outcome probe(HttpServer server, String scheme, String... jvmArgs)
      throws Exception {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = scheme + "://localhost:" + server.getAddress().getPort() + "/health";
      return new ProbeProcess().jvm(jvmArgs).run(url);
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer server(SSLContext tls) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private static String[] trusting() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + certificates.authority(),
      "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD
    };
  }

  private static String complaint(Outcome outcome) {
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    return outcome.err().replaceAll("localhost:\\d+", "HOST");
  }

  @Test
  void acceptsACertificateOfATrustedAuthority() throws Exception {
    SSLContext good = certificates.server("localhost", "-1d", 10);

    assertThat(probe(server(good), "https", trusting()).exit()).isZero();
    assertThat(complaint(probe(server(good), "https")))
        .isEqualTo(
            "unreachable: HOST shows a TLS certificate that no trusted authority has signed"
                + " (name a trust store by -Djavax.net.ssl.trustStore)\n");
  }

  @Test
  void saysThatACertificateHasExpired() throws Exception {
    SSLContext expired = certificates.server("localhost", "-10d", 5);

    assertThat(complaint(probe(server(expired), "https", trusting())))
        .isEqualTo("unreachable: HOST shows a TLS certificate that has expired\n");
  }

  @Test
  void saysThatACertificateIsNotValidYet() throws Exception {
    SSLContext early = certificates.server("localhost", "+10d", 5);

    assertThat(complaint(probe(server(early), "https", trusting())))
        .isEqualTo("unreachable: HOST shows a TLS certificate that is not valid yet\n");
  }

  @Test
  void saysThatACertificateIsForAnotherHost() throws Exception {
    SSLContext other = certificates.server("other.example", "-2d", 10);

    assertThat(complaint(probe(server(other), "https", trusting())))
        .isEqualTo("unreachable: HOST shows a TLS certificate that is for another host\n");
  }

  @Test
  void saysThatThereIsNoTlsWherePlainHttpIsSpoken() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try (Socket connection = plain.accept()) {
                  connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes());
                } catch (IOException gone) {
                  // The probe has left.
                }
              });
      answering.start();

      Outcome outcome =
          new ProbeProcess().run("https://localhost:" + plain.getLocalPort() + "/health");

      assertThat(complaint(outcome)).startsWith("unreachable: HOST fails the TLS handshake: ");
    }
  }

  @Test
  void suspectsTlsWherePlainHttpIsNotSpoken() throws Exception {
    SSLContext tls = certificates.server("localhost", "-3d", 10);

    assertThat(complaint(probe(server(tls), "http"))).contains("(is it https?)");
  }
}
