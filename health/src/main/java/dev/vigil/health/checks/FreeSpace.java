package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import org.jspecify.annotations.Nullable;

/** How much of a file system must be left. Pure. */
record FreeSpace(@Nullable Limits percent, @Nullable Limits bytes) {

  private static final double GIB = 1L << 30;
  private static final Limits DEFAULT_PERCENT = new Limits(10, 3);
  private static final Limits DEFAULT_BYTES = new Limits(10 * GIB, GIB);

  /** Nothing set: the lower of the two defaults. */
  static final FreeSpace DEFAULT = new FreeSpace(null, null);

  /** Values under which it is degraded, and under which unhealthy. */
  record Limits(double degraded, double unhealthy) {}

  FreeSpace withPercent(double degradedBelow, double unhealthyBelow) {
    requireOrder("percentFree", degradedBelow, unhealthyBelow, 100);
    return new FreeSpace(new Limits(degradedBelow, unhealthyBelow), bytes);
  }

  FreeSpace withBytes(long degradedBelow, long unhealthyBelow) {
    Limits limits = new Limits((double) degradedBelow, (double) unhealthyBelow);
    requireOrder("bytesFree", limits.degraded(), limits.unhealthy(), Double.POSITIVE_INFINITY);
    return new FreeSpace(percent, limits);
  }

  HealthResult judge(DiskSpaceCheck.Space space) {
    double unhealthy = floor(space.total(), false);
    if (space.usable() < unhealthy) {
      return HealthResult.unhealthy(why(space, unhealthy));
    }
    double degraded = floor(space.total(), true);
    return space.usable() < degraded
        ? HealthResult.degraded(why(space, degraded))
        : HealthResult.healthy();
  }

  private double floor(long total, boolean soft) {
    if (percent == null && bytes == null) {
      return Math.min(share(total, DEFAULT_PERCENT, soft), pick(DEFAULT_BYTES, soft));
    }
    return Math.max(
        percent == null ? 0 : share(total, percent, soft), bytes == null ? 0 : pick(bytes, soft));
  }

  private static double share(long total, Limits percent, boolean soft) {
    return total / 100.0 * pick(percent, soft);
  }

  private static double pick(Limits limits, boolean soft) {
    return soft ? limits.degraded() : limits.unhealthy();
  }

  private static String why(DiskSpaceCheck.Space space, double floor) {
    return space.percent() + " % is left, less than the " + (long) floor + " bytes required";
  }

  private static void requireOrder(
      String setting, double degradedBelow, double unhealthyBelow, double end) {
    if (!(unhealthyBelow > 0 && unhealthyBelow < degradedBelow && degradedBelow < end)) {
      throw new IllegalArgumentException(
          setting
              + " must have 0 < unhealthyBelow < degradedBelow < "
              + end
              + " but degradedBelow was "
              + degradedBelow
              + " and unhealthyBelow "
              + unhealthyBelow);
    }
  }
}
