package dev.vigil.health.checks;

import dev.vigil.health.internal.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one instant in a file, as milliseconds since 1970. Thread-safe. */
final class BeatFile {

  /** As many digits as the years to come need; what is longer was not written here. */
  private static final int LONGEST = 15;

  private static final Logger log = LoggerFactory.getLogger(HeartbeatCheck.class);

  private final Path file;
  private volatile String problem = "";

  BeatFile(Path file) {
    this.file = file;
  }

  /** What went wrong the last time, or nothing. */
  String problem() {
    return problem;
  }

  /** What the file holds; empty where there is none, or none that can be read. */
  Optional<Long> read() {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST + 2), StandardCharsets.US_ASCII).strip();
      if (text.matches("[0-9]{1," + LONGEST + "}")) {
        return Optional.of(Long.parseLong(text));
      }
      trouble("the file of the last beat holds something else", null);
    } catch (NoSuchFileException none) {
      // Before the first beat.
    } catch (IOException failure) {
      trouble("the file of the last beat cannot be read", failure);
    }
    return Optional.empty();
  }

  synchronized void write(long millis) {
    try {
      WholeFile.replace(file, Long.toString(millis).getBytes(StandardCharsets.US_ASCII));
      problem = "";
    } catch (IOException failure) {
      trouble("the file of the last beat cannot be written", failure);
    }
  }

  private void trouble(String what, @Nullable IOException failure) {
    if (problem.isEmpty()) {
      log.warn("{}: {}", what, failure == null ? "not a number" : failure.getClass().getName());
    }
    problem = what;
  }
}
