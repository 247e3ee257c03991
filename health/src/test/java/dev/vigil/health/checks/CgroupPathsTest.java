package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.checks.CgroupPaths.GroupPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The layouts are those of Docker, Kubernetes and systemd on kernels with cgroup v1, v2 and both.
 */
class CgroupPathsTest {

  private static final String V2_MOUNT =
      "29 22 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

  private static final String V1_MOUNTS =
      """
      22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
      31 22 0:28 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
      33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:8 - cgroup cgroup rw,cpu,cpuacct
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
      """;

  @Test
  void findsTheRootThatAContainerOfVersion2Sees() {
    assertThat(CgroupPaths.parse("0::/\n", V2_MOUNT))
        .containsExactly(new GroupPath("sys/fs/cgroup", true));
  }

  @Test
  void climbsFromAServiceOfSystemdToTheTop() {
    assertThat(CgroupPaths.parse("0::/system.slice/orders.service\n", V2_MOUNT))
        .containsExactly(
            new GroupPath("sys/fs/cgroup/system.slice/orders.service", true),
            new GroupPath("sys/fs/cgroup/system.slice", true),
            new GroupPath("sys/fs/cgroup", true));
  }

  @Test
  void findsTheMemoryControllerOfVersion1() {
    String cgroup = "9:name=systemd:/x\n4:memory:/kubepods/pod1/c1\n1:cpu,cpuacct:/y\n";

    assertThat(CgroupPaths.parse(cgroup, V1_MOUNTS))
        .containsExactly(
            new GroupPath("sys/fs/cgroup/memory/kubepods/pod1/c1", false),
            new GroupPath("sys/fs/cgroup/memory/kubepods/pod1", false),
            new GroupPath("sys/fs/cgroup/memory/kubepods", false),
            new GroupPath("sys/fs/cgroup/memory", false));
  }

  @Test
  void findsAGroupThatIsItselfMounted() {
    String mounts =
        "35 31 0:32 /docker/1f /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory\n";

    assertThat(CgroupPaths.parse("4:memory:/docker/1f\n", mounts))
        .containsExactly(new GroupPath("sys/fs/cgroup/memory", false));
    assertThat(CgroupPaths.parse("4:memory:/docker/1f/inner\n", mounts))
        .containsExactly(
            new GroupPath("sys/fs/cgroup/memory/inner", false),
            new GroupPath("sys/fs/cgroup/memory", false));
    assertThat(CgroupPaths.parse("4:memory:/docker/1f2\n", mounts))
        .as("another group whose name begins alike")
        .containsExactly(new GroupPath("sys/fs/cgroup/memory", false));
  }

  @Test
  void prefersVersion1WhereBothAreMountedAndItHasTheMemory() {
    String cgroup = "4:memory:/a\n0::/b\n";

    assertThat(CgroupPaths.parse(cgroup, V2_MOUNT + V1_MOUNTS).get(0))
        .isEqualTo(new GroupPath("sys/fs/cgroup/memory/a", false));
  }

  @Test
  void staysAtTheMountWhereANamespaceHidesThePath() {
    assertThat(CgroupPaths.parse("0::/../../other\n", V2_MOUNT))
        .containsExactly(new GroupPath("sys/fs/cgroup", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "nonsense", "0::", "::::\n", "4:cpu:/a\n"})
  void findsNothingInNonsense(String cgroup) {
    assertThat(CgroupPaths.parse(cgroup, V1_MOUNTS)).isEmpty();
    assertThat(CgroupPaths.parse("4:memory:/a\n", cgroup)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" - ", " - cgroup2", "1 2 3 - cgroup2 x rw", "1 2 3 / relative rw - cgroup2 x rw"})
  void survivesMountsThatMakeNoSense(String mounts) {
    assertThat(CgroupPaths.parse("0::/a\n", mounts)).isEqualTo(List.of());
  }
}
