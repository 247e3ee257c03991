package dev.vigil.health.checks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that behaves as badly as a test wants, on a port of its own of the loopback. */
public final class RawServer implements AutoCloseable {

  /** What it does with one connection, after the request's first bytes have come. */
  public interface Behaviour {
    void serve(Socket socket, OutputStream out) throws IOException;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private RawServer(Behaviour behaviour) throws IOException {
    start(
        () -> {
          while (true) {
            Socket socket = server.accept();
            accepted.add(socket);
            start(
                () -> {
                  if (socket.getInputStream().read(new byte[8192]) > 0) {
                    behaviour.serve(socket, socket.getOutputStream());
                  }
                });
          }
        });
  }

  /** Accepts, reads, never answers. */
  public static RawServer silent() throws IOException {
    return new RawServer((socket, out) -> {});
  }

  public static RawServer doing(Behaviour behaviour) throws IOException {
    return new RawServer(behaviour);
  }

  /** Sends this and then nothing, leaving the connection open. */
  static RawServer saying(String text) throws IOException {
    return new RawServer((socket, out) -> say(out, text));
  }

  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  public int port() {
    return server.getLocalPort();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port() + "/");
  }

  List<Socket> accepted() {
    return accepted;
  }

  void hangUp() throws IOException {
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    hangUp();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The test is over, or the client has left.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
