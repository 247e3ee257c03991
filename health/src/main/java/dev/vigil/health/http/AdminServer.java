package dev.vigil.health.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.internal.VigilThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A small HTTP server with a port and two threads of its own, so that health answers while every
 * thread of the application's server is busy or blocked.
 *
 * <pre>{@code
 * AdminServer admin = AdminServer.start(9090, Map.of("/health", HealthHttpHandler.of(registry)));
 * }</pre>
 *
 * <p><b>Under failure and load.</b> No thread waits for a health check: while a report is not there
 * yet, its exchange is put aside. No client holds a thread by sending slowly: a request has to
 * arrive whole (head and at most 64 KB of body) within 2 s, and within 100 ms while others wait; of
 * those that wait, the newest is served first, and beyond 1000 connections are closed. An exchange
 * takes 30 s at most; then its thread is interrupted, which closes the connection if it reads or
 * writes. Other handlers than ours do hold a thread while they work, so they should be quick.
 *
 * <p>Plain HTTP, and reachable from this machine only unless an address is given: what is served
 * here is for the operator. All threads are daemons. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

  /**
   * How many connections may wait for being accepted. The default of 50 has a burst make the system
   * drop a probe's first packet, which is sent again after 1 s: as long as the probe waits.
   */
  private static final int BACKLOG = 1000;

  private final HttpServer server;
  private final AdminThreads threads;

  private AdminServer(HttpServer server, AdminThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server on the loopback address.
   *
   * @param port 0 for one that is free, see {@link #port()}
   * @param handlers by the path that they are mounted at, each beginning with a slash
   * @throws UncheckedIOException if the port cannot be listened on
   * @throws IllegalArgumentException if {@code port} is not between 0 and 65535, or a path does not
   *     begin with a slash
   */
  public static AdminServer start(int port, Map<String, ? extends HttpHandler> handlers) {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), handlers);
  }

  /**
   * Starts a server on an address, for example {@code new InetSocketAddress(9090)} for all of the
   * machine's. See {@link #start(int, Map)}.
   */
  public static AdminServer start(
      InetSocketAddress address, Map<String, ? extends HttpHandler> handlers) {
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the admin server cannot listen on " + address + ": " + failure.getMessage(), failure);
    }
    AdminThreads threads = new AdminThreads();
    try {
      WholeRequest whole = new WholeRequest(threads);
      handlers.forEach(
          (path, handler) ->
              server
                  .createContext(
                      path,
                      handler instanceof HealthHttpHandler health
                          ? new DeferringHandler(health.endpoint(), threads)
                          : handler)
                  .getFilters()
                  .add(whole));
      server.setExecutor(threads);
      startAsDaemon(server);
    } catch (RuntimeException failure) {
      server.stop(0);
      threads.stop();
      throw failure;
    }
    return new AdminServer(server, threads);
  }

  /** The server's own thread is a daemon where the one is that starts it. */
  private static void startAsDaemon(HttpServer server) {
    Thread starter = VigilThreads.named("admin-start").newThread(server::start);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt(); // it starts all the same
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops: requests in progress get 1 s to end, then all connections are closed. Idempotent. */
  @Override
  public void close() {
    threads.stop();
    server.stop(0);
  }
}
