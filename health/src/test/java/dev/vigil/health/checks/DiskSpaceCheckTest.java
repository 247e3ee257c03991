package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceCheckTest {

  @TempDir private Path directory;

  @Test
  void readsTheFileSystemOfARealPath() throws Exception {
    HealthResult result =
        DiskSpaceCheck.of(directory).bytesFree(2, 1).check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.data()).containsOnlyKeys("usableBytes", "totalBytes", "usablePercent");
    assertThat((long) result.data().get("totalBytes"))
        .isEqualTo(directory.getFileSystem().provider().getFileStore(directory).getTotalSpace());
  }

  @Test
  void saysHowMuchIsLeftAndRequired() {
    HealthResult result =
        DiskSpaceCheck.of(() -> new DiskSpaceCheck.Space(123, 1000))
            .percentFree(50, 20)
            .check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("12.3 % is left, less than the 200 bytes required");
    assertThat(result.data())
        .containsEntry("usableBytes", 123L)
        .containsEntry("totalBytes", 1000L)
        .containsEntry("usablePercent", 12.3);
  }

  @Test
  void isUnhealthyWhereThePathIsNotThere() {
    HealthResult result =
        DiskSpaceCheck.of(directory.resolve("gone")).check(FakeContext.tenSeconds());

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.message()).isEqualTo("the file system cannot be read");
    assertThat(result.cause()).isInstanceOf(IOException.class);
  }

  @Test
  void isUnhealthyWhereTheFileSystemHasNoSize() {
    HealthResult result =
        DiskSpaceCheck.of(() -> new DiskSpaceCheck.Space(0, 0)).check(FakeContext.tenSeconds());

    assertThat(result.message()).isEqualTo("the file system reports no size");
  }

  @Test
  void isNothingThatARestartCures() {
    assertThat(DiskSpaceCheck.of(directory).remote()).isTrue();
  }
}
