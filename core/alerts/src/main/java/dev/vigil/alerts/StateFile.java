package dev.vigil.alerts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps states over a restart: one process's at a time, always whole.
 *
 * <p>Written beside itself under a temporary name, forced to the disk, and renamed. A second file,
 * {@code <name>.lock}, is locked as long as this is open; it stays behind, since taking it away
 * would let two processes lock two files of one name. Where the file system has owners, only the
 * owner can read them: labels may be anything.
 */
final class StateFile implements AutoCloseable {

  /** 50 thousand instances with long labels; a file that grew beyond is not ours. */
  static final long LONGEST = 16L * 1024 * 1024;

  private static final Logger log = LoggerFactory.getLogger(StateFile.class);

  private final Path path;
  private final FileChannel lockChannel;

  private StateFile(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Locks it.
   *
   * @throws IllegalStateException if another process, or another engine in this one, has it
   * @throws IllegalArgumentException if its directory is not there or cannot be written to
   */
  static StateFile open(Path path) {
    Path absolute = path.toAbsolutePath();
    Path lockPath = absolute.resolveSibling(absolute.getFileName() + ".lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              lockPath,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              ownerOnly(absolute));
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new IllegalStateException(
            "the state file "
                + path
                + " is used by another process or engine; give each a stateFile(..) of its own, or"
                + " end the other");
      }
      return new StateFile(absolute, channel);
    } catch (IOException failure) {
      closeQuietly(channel);
      throw new IllegalArgumentException(
          "the state file "
              + path
              + " cannot be locked ("
              + failure.getClass().getSimpleName()
              + "); its directory has to exist and to be writable",
          failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException alreadyFailing) {
      // The first failure tells more.
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return FileSystems.getDefault().equals(path.getFileSystem())
            && path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** What was written last; nothing, with one warning, where that cannot be read. */
  SavedState read() {
    try {
      long size = Files.size(path);
      if (size > LONGEST) {
        throw new IOException("it has " + size + " bytes, and at most " + LONGEST + " are read");
      }
      return SavedStateJson.read(Files.readAllBytes(path));
    } catch (NoSuchFileException firstStart) {
      return SavedState.EMPTY;
    } catch (IOException broken) {
      log.warn(
          "the state file {} cannot be used, so alerts start without their states: {}",
          path,
          broken instanceof com.fasterxml.jackson.core.JsonProcessingException
              ? "it is not JSON"
              : broken.getMessage());
      return SavedState.EMPTY;
    }
  }

  /** Replaces it. Not thread-safe. */
  void write(SavedState state) throws IOException {
    byte[] json = SavedStateJson.write(state);
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(path))) {
      ByteBuffer bytes = ByteBuffer.wrap(json);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives it free for others. Idempotent. */
  @Override
  public void close() {
    closeQuietly(lockChannel); // which releases the lock
  }
}
