package dev.vigil.ratelimit.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPort;

/** One address for whichever server is the primary: what a service name is to a fleet. */
final class Relay implements AutoCloseable {

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile HostAndPort target;

  Relay(HostAndPort target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", server.getLocalPort());
  }

  /** From now on another server is meant; connections to the one before break. */
  void turnTo(HostAndPort next) {
    target = next;
    open.forEach(Relay::close);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        Socket callee = new Socket(target.getHost(), target.getPort());
        open.add(caller);
        open.add(callee);
        start(() -> carry(caller, callee));
        start(() -> carry(callee, caller));
      } catch (IOException refused) {
        // The caller finds out by itself.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException ended) {
      // One of them has closed.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Relay::close);
  }
}
