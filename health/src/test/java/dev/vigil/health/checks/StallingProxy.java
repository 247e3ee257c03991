package dev.vigil.health.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a server and, when told to, passes nothing on any more while it keeps all open. */
public final class StallingProxy implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int target;
  private volatile boolean stalled;

  public StallingProxy(int target) throws IOException {
    this.target = target;
    start(
        () -> {
          while (true) {
            Socket client = server.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(behind);
            start(() -> pass(client, behind));
            start(() -> pass(behind, client));
          }
        });
  }

  public int port() {
    return server.getLocalPort();
  }

  public void stall() {
    stalled = true;
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (!stalled) {
          out.write(bytes, 0, n);
        }
      }
    }
  }

  /** Ends all connections, and refuses new ones. */
  public void hangUp() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
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
                // The test is over, or one side has left.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
