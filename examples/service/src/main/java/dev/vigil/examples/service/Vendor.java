package dev.vigil.examples.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The payment vendor: the one that {@code VENDOR_URL} names, or a stand-in that answers, or hangs
 * when told to.
 */
final class Vendor implements Breakable, AutoCloseable {

  private static final byte[] BALANCE =
      "{\"object\":\"balance\",\"available\":[]}".getBytes(StandardCharsets.UTF_8);

  private final URI uri;
  private final @Nullable HttpServer standIn;
  private final ExecutorService threads = Executors.newCachedThreadPool(Vendor::daemon);
  private boolean hanging;

  private Vendor(Optional<URI> url) throws IOException {
    if (url.isPresent()) {
      this.standIn = null;
      this.uri = url.get();
    } else {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/v1/balance", this::balance);
      server.start();
      this.standIn = server;
      this.uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/balance");
    }
  }

  static Vendor start(Optional<URI> url) {
    try {
      return new Vendor(url);
    } catch (IOException failure) {
      throw new UncheckedIOException("the vendor's stand-in did not start", failure);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "vendor-stand-in");
    thread.setDaemon(true);
    return thread;
  }

  URI uri() {
    return uri;
  }

  private void balance(HttpExchange exchange) throws IOException {
    try (exchange) {
      awaitMended();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, BALANCE.length);
      exchange.getResponseBody().write(BALANCE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitMended() throws InterruptedException {
    while (hanging) {
      wait();
    }
  }

  @Override
  public synchronized void broken(boolean on) {
    if (standIn == null) {
      throw new IllegalStateException("VENDOR_URL names a server that is not ours to break");
    }
    hanging = on;
    notifyAll();
  }

  @Override
  public void close() {
    if (standIn != null) {
      broken(false);
      standIn.stop(0);
    }
    threads.shutdownNow();
  }
}
