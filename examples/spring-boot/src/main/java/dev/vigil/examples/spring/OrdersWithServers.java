package dev.vigil.examples.spring;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** The application with a database and a Redis of its own, to try it out. */
public final class OrdersWithServers {

  private OrdersWithServers() {}

  public static void main(String[] args) throws IOException {
    EmbeddedPostgres database = EmbeddedPostgres.start();
    RedisServer redis = new RedisServer(6399);
    redis.start();
    OrdersApplication.main(
        Stream.concat(
                Stream.of(
                    "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                    "--spring.data.redis.port=6399"),
                Stream.of(args))
            .toArray(String[]::new));
  }
}
