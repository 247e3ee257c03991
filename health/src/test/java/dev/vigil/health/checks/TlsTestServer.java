package dev.vigil.health.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Completes TLS handshakes and notes which host the clients asked for (SNI). */
final class TlsTestServer implements AutoCloseable {

  final List<String> askedFor = Collections.synchronizedList(new ArrayList<>());
  private final SSLServerSocket server;

  TlsTestServer(SSLContext tls, boolean wantsClientCertificate) throws IOException {
    server =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(wantsClientCertificate);
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  TlsTestServer(SSLContext tls) throws IOException {
    this(tls, false);
  }

  String at() {
    return "localhost:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.setSoTimeout(2_000);
        socket.startHandshake();
        for (SNIServerName name :
            ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames()) {
          askedFor.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
        }
        socket.getInputStream().read();
      } catch (IOException gone) {
        // The client has seen enough, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
