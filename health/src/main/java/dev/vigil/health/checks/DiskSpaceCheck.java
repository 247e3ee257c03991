package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Degraded, then unhealthy, as the file system that holds a path fills up.
 *
 * <p>What counts is the space that this process may still use, which quotas and the share reserved
 * for root make smaller than what is free. By default degraded under 10 % or 10 GiB, whichever is
 * less, and unhealthy under 3 % or 1 GiB, whichever is less: so neither a small volume nor a huge
 * one is reported without need. With {@link #percentFree} or {@link #bytesFree} these no longer
 * apply; where both are set, falling under either counts.
 *
 * <pre>{@code
 * registry.register("disk", DiskSpaceCheck.of(Path.of("/var/lib/orders")).percentFree(20, 5));
 * }</pre>
 *
 * <p>A network file system may hang; the registry contains that, so do not register this check as
 * inline. A restart frees no disk, hence {@link #remote()}. Data: {@code usableBytes}, {@code
 * totalBytes}, {@code usablePercent}. Immutable and thread-safe.
 */
public final class DiskSpaceCheck implements HealthCheck {

  /** Reads how much is left; replaced in tests. */
  interface Probe {
    Space read() throws IOException;
  }

  /** What is usable and what there is, in bytes. */
  record Space(long usable, long total) {
    double percent() {
      return Math.round(1000.0 * usable / total) / 10.0;
    }
  }

  private final Probe probe;
  private final FreeSpace limits;

  private DiskSpaceCheck(Probe probe, FreeSpace limits) {
    this.probe = probe;
    this.limits = limits;
  }

  /**
   * Watches the file system that holds a path.
   *
   * @param path a file or directory that exists when the check runs; unhealthy where it does not
   */
  public static DiskSpaceCheck of(Path path) {
    Objects.requireNonNull(path, "path");
    return of(() -> measure(path));
  }

  static DiskSpaceCheck of(Probe probe) {
    return new DiskSpaceCheck(probe, FreeSpace.DEFAULT);
  }

  /**
   * This check with limits relative to the size of the file system.
   *
   * @param degradedBelow percent, above {@code unhealthyBelow} and under 100
   * @param unhealthyBelow percent, above 0
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public DiskSpaceCheck percentFree(double degradedBelow, double unhealthyBelow) {
    return new DiskSpaceCheck(probe, limits.withPercent(degradedBelow, unhealthyBelow));
  }

  /**
   * This check with absolute limits.
   *
   * @param degradedBelow bytes, above {@code unhealthyBelow}
   * @param unhealthyBelow bytes, above 0
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public DiskSpaceCheck bytesFree(long degradedBelow, long unhealthyBelow) {
    return new DiskSpaceCheck(probe, limits.withBytes(degradedBelow, unhealthyBelow));
  }

  @Override
  public HealthResult check(CheckContext context) {
    Space space;
    try {
      space = probe.read();
    } catch (IOException e) {
      return HealthResult.unhealthy("the file system cannot be read", e);
    }
    if (space.total() <= 0) {
      return HealthResult.unhealthy("the file system reports no size");
    }
    return limits
        .judge(space)
        .with("usableBytes", space.usable())
        .with("totalBytes", space.total())
        .with("usablePercent", space.percent());
  }

  @Override
  public boolean remote() {
    return true;
  }

  private static Space measure(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new Space(bytes(store.getUsableSpace()), bytes(store.getTotalSpace()));
  }

  /** Sizes of 8 EiB and more overflow in the JDK and come out negative. */
  private static long bytes(long reported) {
    return reported < 0 ? Long.MAX_VALUE : reported;
  }
}
