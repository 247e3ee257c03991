package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerMemoryTest {

  private static final String V2 = "1 0 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n";
  private static final String V1 = "1 0 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

  @TempDir private Path root;

  @Test
  void countsVersion2LessInactiveFilePages() throws Exception {
    place("0::/\n", V2);
    group2("", "1000\n", 800, "anon 500\nfile 250\ninactive_file 200\nactive_file 50\n");

    assertThat(new ContainerMemory(root).use()).contains(new MemoryUse(600, 1000));
  }

  @Test
  void countsVersion1LessInactiveFilePagesOfTheWholeGroup() throws Exception {
    place("4:memory:/a\n", V1);
    group1("/a", 1000, 800, "inactive_file 7\ntotal_inactive_file 300\n");
    group1("", Long.MAX_VALUE / 4096 * 4096, 9000, "total_inactive_file 0\n");

    assertThat(new ContainerMemory(root).use()).contains(new MemoryUse(500, 1000));
  }

  @Test
  void countsTheGroupNearestToItsLimit() throws Exception {
    place("0::/pod/container\n", V2);
    group2("/pod/container", "1000", 500, "inactive_file 0\n");
    group2("/pod", "2000", 1900, "inactive_file 0\n");

    assertThat(new ContainerMemory(root).use()).contains(new MemoryUse(1900, 2000));
  }

  @Test
  void hasNothingToSayWithoutALimit() throws Exception {
    place("0::/\n", V2);
    group2("", "max\n", 800, "inactive_file 200\n");

    assertThat(new ContainerMemory(root).use()).isEmpty();
  }

  @Test
  void hasNothingToSayWhereThereIsNoCgroup() {
    assertThat(new ContainerMemory(root).use()).isEmpty();
  }

  @Test
  void neverCountsLessThanNothing() throws Exception {
    place("0::/\n", V2);
    group2("", "1000", 100, "inactive_file 200\n");

    assertThat(new ContainerMemory(root).use()).contains(new MemoryUse(0, 1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lots", "-1", "0", "99999999999999999999999"})
  void hasNothingToSayOfALimitThatIsNone(String limit) throws Exception {
    place("0::/\n", V2);
    group2("", limit, 800, "inactive_file 200\n");

    assertThat(new ContainerMemory(root).use()).isEmpty();
  }

  @Test
  void countsAllOfItWhereTheKernelDoesNotTellInactivePages() throws Exception {
    place("0::/\n", V2);
    group2("", "1000", 800, "");

    assertThat(new ContainerMemory(root).use()).contains(new MemoryUse(800, 1000));
  }

  private void place(String cgroup, String mounts) throws IOException {
    write("proc/self/cgroup", cgroup);
    write("proc/self/mountinfo", mounts);
  }

  private void group2(String path, String max, long current, String stat) throws IOException {
    write("sys/fs/cgroup" + path + "/memory.max", max);
    write("sys/fs/cgroup" + path + "/memory.current", current + "\n");
    write("sys/fs/cgroup" + path + "/memory.stat", stat);
  }

  private void group1(String path, long limit, long usage, String stat) throws IOException {
    write("sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes", limit + "\n");
    write("sys/fs/cgroup/memory" + path + "/memory.usage_in_bytes", usage + "\n");
    write("sys/fs/cgroup/memory" + path + "/memory.stat", stat);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
