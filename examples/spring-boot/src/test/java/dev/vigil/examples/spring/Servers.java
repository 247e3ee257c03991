package dev.vigil.examples.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import redis.embedded.RedisServer;

/** A database and a Redis for all tests of a JVM; both end with it. */
final class Servers {

  private static final Servers ALL = new Servers();

  private final EmbeddedPostgres database;
  private final int redisPort;

  private Servers() {
    try {
      database = EmbeddedPostgres.start();
      try (ServerSocket free = new ServerSocket(0)) {
        redisPort = free.getLocalPort();
      }
      RedisServer redis = new RedisServer(redisPort);
      redis.start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      redis.stop();
                      database.close();
                    } catch (IOException end) {
                      throw new UncheckedIOException(end);
                    }
                  }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an application has to be told, and nothing of Vigil. */
  static List<String> properties() {
    return List.of(
        "spring.datasource.url=" + ALL.database.getJdbcUrl("postgres", "postgres"),
        "spring.data.redis.port=" + ALL.redisPort,
        "server.port=0");
  }
}
