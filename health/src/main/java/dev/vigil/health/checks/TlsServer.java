package dev.vigil.health.checks;

import dev.vigil.core.internal.Quoted;
import dev.vigil.health.CheckContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A server that presents its certificates in a TLS handshake. */
record TlsServer(String host, int port) implements CertificateSource {

  private static final int HTTPS = 443;

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

  static TlsServer parse(String text) {
    Matcher parts = HOST_AND_PORT.matcher(text);
    if (parts.matches()) {
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      int port = parts.group(3) == null ? HTTPS : Integer.parseInt(parts.group(3));
      if (port >= 1 && port <= 65_535) {
        return new TlsServer(host, port);
      }
    }
    throw new IllegalArgumentException(
        "a server must be host, host:port or [IPv6]:port, with a port from 1 to 65535, but was "
            + Quoted.of(text));
  }

  @Override
  public String name() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == HTTPS ? shown : shown + ":" + port;
  }

  @Override
  public String kind() {
    return "host";
  }

  @Override
  public CertificateFinding look(CheckContext context, int sharers, @Nullable KeyStore trusted) {
    RecordingTrust trust;
    SSLContext tls;
    try {
      trust = RecordingTrust.in(trusted);
      tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      return CertificateFinding.none("cannot be asked: TLS is not available", e);
    }
    int millis = (int) Math.max(1, Math.min(context.remaining().toMillis() / sharers, 60_000));
    try (Socket plain = new Socket()) {
      context.onCancel(() -> close(plain));
      plain.connect(new InetSocketAddress(host, port), millis);
      plain.setSoTimeout(millis);
      shakeHands(tls, plain);
    } catch (SocketTimeoutException e) {
      return finding(trust, "gave no answer in time", null);
    } catch (IOException e) {
      return finding(trust, context.cancelled() ? "gave no answer in time" : why(e), e);
    }
    return finding(trust, "presented no certificate", null);
  }

  private void shakeHands(SSLContext tls, Socket plain) throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, /* autoClose= */ true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!isAddress()) {
      // By itself the JDK sends names with a dot only, and a cluster's service names have none.
      serverName().ifPresent(name -> parameters.setServerNames(List.of(name)));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
  }

  private boolean isAddress() {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Empty for what is no name by the rules, such as one with an underscore. */
  private Optional<SNIServerName> serverName() {
    try {
      return Optional.of(new SNIHostName(host));
    } catch (IllegalArgumentException againstTheRules) {
      return Optional.empty();
    }
  }

  /** A server that wants our certificate, too, ends the handshake after it has shown its own. */
  private static CertificateFinding finding(
      RecordingTrust trust, String otherwise, @Nullable Throwable cause) {
    return trust.chain().isEmpty()
        ? CertificateFinding.none(otherwise, cause)
        : CertificateFinding.of(trust.chain(), trust.objection());
  }

  private static String why(IOException failure) {
    return failure instanceof ConnectException
        ? "refuses the connection"
        : failure instanceof UnknownHostException
            ? "cannot be resolved"
            : "does not complete a TLS handshake";
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is closed all the same.
    }
  }
}
