package dev.vigil.examples.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A stand-in for Sentry that keeps what it is sent. */
final class Envelopes implements AutoCloseable {

  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();

  Envelopes() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            InputStream body = exchange.getRequestBody();
            boolean zipped =
                "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] plain = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
            received.add(new String(plain, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  String dsn() {
    return "http://publickey@127.0.0.1:" + server.getAddress().getPort() + "/1";
  }

  /** Those with an event in which this text stands. */
  List<String> with(String text) {
    return received.stream().filter(envelope -> envelope.contains(text)).toList();
  }

  List<String> all() {
    return List.copyOf(received);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
