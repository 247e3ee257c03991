package dev.vigil.health.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the control group that this process is in uses of the memory that it may use. Nothing where
 * there is no limit, no cgroup, or no Linux.
 */
final class ContainerMemory {

  private final Path root;
  private volatile @Nullable List<CgroupMemory> groups;

  /**
   * Reads below a root.
   *
   * @param root of the file system; another in tests
   */
  ContainerMemory(Path root) {
    this.root = root;
  }

  /** Of all limited groups from the process's own upwards, the one nearest to its limit. */
  Optional<MemoryUse> use() {
    MemoryUse nearest = null;
    for (CgroupMemory group : groups()) {
      MemoryUse use = group.use();
      if (use != null && (nearest == null || use.percent() > nearest.percent())) {
        nearest = use;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Found once: a process stays in its group. A race finds them twice, to the same effect. */
  private List<CgroupMemory> groups() {
    List<CgroupMemory> known = groups;
    if (known == null) {
      known = find();
      groups = known;
    }
    return known;
  }

  private List<CgroupMemory> find() {
    try {
      return CgroupPaths.parse(
              Files.readString(root.resolve("proc/self/cgroup")),
              Files.readString(root.resolve("proc/self/mountinfo")))
          .stream()
          .map(path -> new CgroupMemory(root.resolve(path.directory()), path.version2()))
          .toList();
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
