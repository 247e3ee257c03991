package dev.vigil.examples.service;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: the one that {@code DATABASE_URL} names, or a real one of our own, from an artifact.
 */
final class DatabaseServer implements Breakable, AutoCloseable {

  private final @Nullable Path directory;
  private final HikariDataSource pool;
  private @Nullable EmbeddedPostgres embedded;
  private int port;

  private DatabaseServer(Optional<String> url) throws IOException {
    if (url.isPresent()) {
      this.directory = null;
      this.pool = pool(url.get());
    } else {
      this.directory = Files.createTempDirectory("vigil-demo-postgres");
      start();
      this.pool = pool("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
    }
  }

  static DatabaseServer start(Optional<String> url) {
    try {
      return new DatabaseServer(url);
    } catch (IOException failure) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start", failure);
    }
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders");
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(1_500);
    config.setInitializationFailTimeout(-1); // the service comes up and says what is missing
    config.addDataSourceProperty("socketTimeout", "5");
    config.addDataSourceProperty("connectTimeout", "2");
    return new HikariDataSource(config);
  }

  HikariDataSource pool() {
    return pool;
  }

  private void start() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(port) // 0 at first; the same again later
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false) // it outlives the drain and is stopped last
            .start();
    embedded = server;
    port = server.getPort();
  }

  @Override
  public synchronized void broken(boolean on) throws IOException {
    if (directory == null) {
      throw new IllegalStateException("DATABASE_URL names a server that is not ours to stop");
    }
    if (on && embedded != null) {
      embedded.close();
      embedded = null;
    } else if (!on && embedded == null) {
      start();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    pool.close();
    if (embedded != null) {
      embedded.close();
      embedded = null;
    }
    if (directory != null) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
