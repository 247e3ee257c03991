package dev.vigil.health.checks;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Degraded, then unhealthy, as this process comes near the number of files and sockets that it may
 * have open ({@code ulimit -n}): over 75 % and over 90 % by default.
 *
 * <p>Where the system has no such limit, as Windows, it is healthy and says so. Reads a handful of
 * system calls' worth, so it may be registered inline. Data: {@code open}, {@code limit}, {@code
 * percent}. Immutable and thread-safe.
 */
public final class FileDescriptorCheck implements HealthCheck {

  /** Reads the two figures; replaced in tests. */
  interface Probe {
    long open();

    long limit();
  }

  private final @Nullable Probe probe;
  private final Thresholds thresholds;

  private FileDescriptorCheck(@Nullable Probe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
  }

  /** Watches this process. */
  public static FileDescriptorCheck create() {
    return of(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? new Unix(unix)
            : null);
  }

  static FileDescriptorCheck of(@Nullable Probe probe) {
    return new FileDescriptorCheck(probe, Thresholds.MEMORY);
  }

  /**
   * This check with other thresholds.
   *
   * @param degradedOver percent, above 0; 75 by default
   * @param unhealthyOver percent, above {@code degradedOver} and under 100; 90 by default
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public FileDescriptorCheck thresholds(double degradedOver, double unhealthyOver) {
    return new FileDescriptorCheck(probe, new Thresholds(degradedOver, unhealthyOver));
  }

  @Override
  public HealthResult check(CheckContext context) {
    long open = probe == null ? -1 : probe.open();
    long limit = probe == null ? -1 : probe.limit();
    if (open < 0 || limit <= 0) {
      return HealthResult.healthy("the system does not tell");
    }
    double percent = Math.round(1000.0 * open / limit) / 10.0;
    HealthStatus status = thresholds.judge(percent);
    HealthResult result =
        status == HealthStatus.HEALTHY
            ? HealthResult.healthy()
            : HealthResult.of(
                status,
                percent
                    + " % of file descriptors in use, over "
                    + thresholds.crossed(status)
                    + " %");
    return result.with("open", open).with("limit", limit).with("percent", percent);
  }

  private record Unix(UnixOperatingSystemMXBean system) implements Probe {

    @Override
    public long open() {
      return system.getOpenFileDescriptorCount();
    }

    @Override
    public long limit() {
      return system.getMaxFileDescriptorCount();
    }
  }
}
