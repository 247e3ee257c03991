package dev.vigil.health.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one control group's memory: what it uses, less the file pages that the kernel can drop at
 * once, and what it may use.
 *
 * <p>The same reckoning as Kubernetes' working set.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files">Memory
 *     Interface Files</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">Memory Resource
 *     Controller (v1)</a>
 */
final class CgroupMemory {

  /** Version 1 says "no limit" by the largest number of pages, a little under 2^63 bytes. */
  private static final long NO_LIMIT = 1L << 60;

  private final Path limit;
  private final Path usage;
  private final Path stat;
  private final String inactiveFile;

  CgroupMemory(Path directory, boolean version2) {
    limit = directory.resolve(version2 ? "memory.max" : "memory.limit_in_bytes");
    usage = directory.resolve(version2 ? "memory.current" : "memory.usage_in_bytes");
    stat = directory.resolve("memory.stat");
    inactiveFile = version2 ? "inactive_file " : "total_inactive_file ";
  }

  /** Null where there is no limit, or where it cannot be read. */
  @Nullable MemoryUse use() {
    try {
      long most = limit(Files.readString(limit));
      if (most <= 0 || most >= NO_LIMIT) {
        return null;
      }
      long used = number(Files.readString(usage));
      long droppable = stat(Files.readString(stat), inactiveFile);
      return new MemoryUse(Math.max(0, used - droppable), most);
    } catch (IOException | NumberFormatException unreadable) {
      return null;
    }
  }

  private static long limit(String text) {
    return text.strip().equals("max") ? Long.MAX_VALUE : number(text);
  }

  private static long number(String text) {
    return Long.parseLong(text.strip());
  }

  private static long stat(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> number(line.substring(key.length())))
        .findFirst()
        .orElse(0L);
  }
}
