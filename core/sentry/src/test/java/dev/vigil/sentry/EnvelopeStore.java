package dev.vigil.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A stand-in for Sentry that keeps what it is sent. */
final class EnvelopeStore implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final List<String> envelopes = Collections.synchronizedList(new ArrayList<>());

  EnvelopeStore() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            InputStream in = exchange.getRequestBody();
            boolean zipped =
                "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] body = (zipped ? new GZIPInputStream(in) : in).readAllBytes();
            envelopes.add(new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
  }

  String dsn() {
    return "http://publickey@127.0.0.1:" + server.getAddress().getPort() + "/1";
  }

  /** All that was sent, as text. */
  String text() {
    synchronized (envelopes) {
      return String.join("\n", envelopes);
    }
  }

  /** The events that were sent: the lines of envelopes that are one. */
  List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    text()
        .lines()
        .filter(line -> line.contains("\"event_id\"") && line.contains("\"contexts\""))
        .forEach(
            line -> {
              try {
                events.add(MAPPER.readTree(line));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return events;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
