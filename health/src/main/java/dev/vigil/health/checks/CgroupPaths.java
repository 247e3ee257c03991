package dev.vigil.health.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the directories that tell about a process's memory, by what the kernel says of its groups
 * and mounts. Pure.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 * @see <a href="https://docs.kernel.org/filesystems/proc.html">proc, 3.5
 *     /proc/&lt;pid&gt;/mountinfo</a>
 */
final class CgroupPaths {

  private CgroupPaths() {}

  /**
   * A group's directory.
   *
   * @param directory relative to the root of the file system
   * @param version2 which of the two kinds of files it holds
   */
  record GroupPath(String directory, boolean version2) {}

  /** A mounted hierarchy: the group that is mounted, and where. */
  private record Mount(String group, String point) {}

  /**
   * The directories of the process's group and of those around it, innermost first. Version 1 where
   * its memory controller is mounted, since version 2 then has none.
   *
   * @param cgroup the text of {@code /proc/self/cgroup}
   * @param mountInfo the text of {@code /proc/self/mountinfo}
   */
  static List<GroupPath> parse(String cgroup, String mountInfo) {
    Optional<Mount> version1 = mount(mountInfo, "cgroup", "memory");
    boolean version2 = version1.isEmpty();
    Optional<Mount> mount = version2 ? mount(mountInfo, "cgroup2", "") : version1;
    Optional<String> group = group(cgroup, version2 ? "" : "memory");
    if (mount.isEmpty() || group.isEmpty()) {
      return List.of();
    }
    return upwards(mount.get().point(), below(mount.get().group(), group.get())).stream()
        .map(directory -> new GroupPath(directory.substring(1), version2))
        .toList();
  }

  /** Lines such as {@code 4:memory:/docker/1f} and {@code 0::/user.slice}. */
  private static Optional<String> group(String cgroup, String controller) {
    return cgroup
        .lines()
        .map(line -> line.split(":", 3))
        .filter(
            fields ->
                fields.length == 3 && Arrays.asList(fields[1].split(",", -1)).contains(controller))
        .map(fields -> fields[2])
        .findFirst();
  }

  /**
   * Lines such as {@code 35 31 0:32 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory}.
   */
  private static Optional<Mount> mount(String mountInfo, String type, String option) {
    return mountInfo
        .lines()
        .filter(line -> line.contains(" - "))
        .filter(
            line -> {
              String[] source = line.substring(line.indexOf(" - ") + 3).split(" ", -1);
              return source[0].equals(type)
                  && (option.isEmpty()
                      || Arrays.asList(source[source.length - 1].split(",", -1)).contains(option));
            })
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 5 && fields[4].startsWith("/"))
        .map(fields -> new Mount(fields[3], fields[4]))
        .findFirst();
  }

  /**
   * The group's path below what is mounted; empty where a namespace shows the group itself as the
   * root, or hides how the two relate.
   */
  private static String below(String mounted, String group) {
    if (group.contains("..")) {
      return "";
    }
    String prefix = mounted.equals("/") ? "" : mounted;
    return group.startsWith(prefix + "/") && group.length() > prefix.length() + 1
        ? group.substring(prefix.length())
        : "";
  }

  private static List<String> upwards(String mountPoint, String below) {
    List<String> directories = new ArrayList<>();
    for (String path = below; !path.isEmpty(); path = path.substring(0, path.lastIndexOf('/'))) {
      directories.add(mountPoint + path);
    }
    directories.add(mountPoint);
    return directories;
  }
}
