package dev.vigil.health.http;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class JdkServerIT extends ServerContract {

  private HttpServer server;

  @Override
  int start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/app/health", HealthHttpHandler.of(endpoint));
    server.start();
    return server.getAddress().getPort();
  }

  @Override
  void stop() {
    server.stop(0);
  }
}
