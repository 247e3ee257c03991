package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UnreachableTest {

  private static String describe(IOException failure) {
    StringBuilder line = new StringBuilder();
    Unreachable.describe(failure, 5_000_000_000L, new Printable(List.of("t0ken")), line);
    return line.toString();
  }

  private static IOException handshake(Throwable cause) {
    return (IOException) new SSLHandshakeException("no").initCause(new CertificateException(cause));
  }

  @Test
  void hasPlainWordsForWhatTheNetworkDoes() {
    assertThat(describe(new SocketTimeoutException())).isEqualTo("gave no whole answer within 5 s");
    assertThat(describe(new UnknownHostException("host")))
        .isEqualTo("is a name that cannot be resolved");
    assertThat(describe(new NoRouteToHostException()))
        .isEqualTo("cannot be reached: no route to host");
    assertThat(describe(new SocketException("Connection reset by t0ken\n")))
        .isEqualTo("broke the connection: Connection reset by ***?");
  }

  @Test
  void hasPlainWordsForCertificates() {
    assertThat(describe(handshake(new CertificateExpiredException("NotAfter: ..."))))
        .isEqualTo("shows a TLS certificate that has expired");
    assertThat(describe(handshake(new CertificateNotYetValidException())))
        .isEqualTo("shows a TLS certificate that is not valid yet");
    assertThat(describe(handshake(new CertificateException("No name matching a found"))))
        .isEqualTo("shows a TLS certificate that is for another host");
    assertThat(describe(handshake(new CertPathValidatorException())))
        .isEqualTo(
            "shows a TLS certificate that no trusted authority has signed (name a trust store by"
                + " -Djavax.net.ssl.trustStore)");
    assertThat(
            describe(
                handshake(new CertPathValidatorException("x", new CertificateExpiredException()))))
        .isEqualTo("shows a TLS certificate that has expired");
  }

  @Test
  void repeatsTheHandshakesOwnWordsWhereItHasNone() {
    assertThat(describe(new SSLException("Unsupported or unrecognized SSL message")))
        .isEqualTo("fails the TLS handshake: Unsupported or unrecognized SSL message");
  }

  @Test
  void doesNotRepeatWordsThatMayHoldTheUrl() {
    assertThat(describe(new FileNotFoundException("http://host/health?key=s3cret")))
        .isEqualTo("does not answer in whole HTTP (is it https?)");
    assertThat(describe(new IOException("Premature EOF")))
        .isEqualTo("does not answer in whole HTTP (is it https?): Premature EOF");
  }
}
