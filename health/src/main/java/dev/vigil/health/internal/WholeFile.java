package dev.vigil.health.internal;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a file as a whole, so that whoever reads it finds the old or the new, never half. */
public final class WholeFile {

  private WholeFile() {}

  /**
   * Writes beside the file, then renames over it.
   *
   * @throws IOException if that fails; the file is then the old one
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    if (directory == null) {
      throw new IOException("a file system's root cannot be replaced");
    }
    // A name of its own, in the same directory: a rename is atomic within a file system only.
    Path fresh = Files.createTempFile(directory, ".vigil-", ".new");
    try {
      Files.write(fresh, content);
      try {
        Files.move(
            fresh, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException rare) {
        Files.move(fresh, absolute, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
