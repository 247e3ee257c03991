package dev.vigil.metrics.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.vigil.metrics.http.RequestMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client that sends what it is told to, and the meter as text. */
final class Talk {

  private Talk() {}

  static int get(int port, String path) throws IOException {
    return send(port, "GET", path);
  }

  /** Sends a request line as it stands and returns the answer's status. */
  static int send(int port, String method, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      String raw = method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(raw.getBytes(ISO_8859_1));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  /** Sends all at once on one connection and reads the answers to the last. */
  static void storm(int port, List<String> paths) throws Exception {
    StringBuilder raw = new StringBuilder();
    for (String path : paths) {
      raw.append("GET ").append(path).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    raw.append("OPTIONS /plain HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      byte[] bytes = raw.toString().getBytes(ISO_8859_1);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(socket, bytes));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      sent.join();
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Counts by {@code "GET /path 200 SUCCESS none"}. */
  static Map<String, Long> counts(MeterRegistry registry) {
    return registry.find(RequestMetrics.METER).timers().stream()
        .collect(Collectors.toMap(Talk::text, Timer::count, Long::sum, TreeMap::new));
  }

  private static String text(Timer timer) {
    return Stream.of("method", "uri", "status", "outcome", "exception")
        .map(timer.getId()::getTag)
        .collect(Collectors.joining(" "));
  }
}
