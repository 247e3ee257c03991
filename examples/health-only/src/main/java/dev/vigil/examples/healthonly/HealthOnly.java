package dev.vigil.examples.healthonly;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.checks.DeadlockCheck;
import dev.vigil.health.checks.DiskSpaceCheck;
import dev.vigil.health.checks.MemoryCheck;
import dev.vigil.health.http.HealthHttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Health for a program that has nothing but the JDK: no framework, no container, no logging set-up.
 */
public final class HealthOnly implements AutoCloseable {

  private final HealthRegistry health;
  private final HttpServer server;

  private HealthOnly(HealthRegistry health, HttpServer server) {
    this.health = health;
    this.server = server;
  }

  static HealthOnly start(int port) throws IOException {
    HealthRegistry health =
        HealthRegistry.builder()
            .check("memory", MemoryCheck.create(), c -> c.inline())
            .check("disk", DiskSpaceCheck.of(Path.of(".")))
            .check("deadlock", DeadlockCheck.create(), c -> c.group(HealthGroup.LIVENESS))
            .build();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/health", HealthHttpHandler.of(health));
    server.start();
    health.started();
    return new HealthOnly(health, server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    health.close();
  }

  /** Serves until it is interrupted. */
  public static void main(String[] arguments) throws IOException {
    int port = arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]);
    HealthOnly program = start(port);
    System.out.println("http://localhost:" + program.port() + "/health");
  }
}
