package dev.vigil.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the whole, or a group, is: the worst of its checks, each weighed by its {@link Importance}.
 *
 * <p>A snapshot, immutable and thread-safe. The registry hands out the same instance again as long
 * as nothing in it has changed, so what is rendered from it can be kept by identity.
 */
public final class HealthReport {

  private final HealthStatus status;
  private final long timestampMillis;
  private final long uptimeNanos;
  private final List<CheckReport> entries;
  private final @Nullable HealthGroup group;
  private final @Nullable String version;
  private final @Nullable String reason;

  // Made when first asked for; a race makes it twice, to the same effect.
  private @Nullable Map<String, CheckReport> checks;

  HealthReport(
      HealthStatus status,
      long timestampMillis,
      long uptimeNanos,
      List<CheckReport> entries,
      @Nullable HealthGroup group,
      @Nullable String version,
      @Nullable String reason) {
    this.status = status;
    this.timestampMillis = timestampMillis;
    this.uptimeNanos = uptimeNanos;
    this.entries = entries;
    this.group = group;
    this.version = version;
    this.reason = reason;
  }

  /** The worst of all; healthy where there is nothing to check. */
  public HealthStatus status() {
    return status;
  }

  /** When this report was put together, to the millisecond. */
  public Instant timestamp() {
    return Instant.ofEpochMilli(timestampMillis);
  }

  /** The same as {@link #timestamp()}, in milliseconds since 1970. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** The checks in the order of their registration, by name; unmodifiable. */
  public Map<String, CheckReport> checks() {
    Map<String, CheckReport> known = checks;
    if (known == null) {
      Map<String, CheckReport> byName = new LinkedHashMap<>();
      entries.forEach(entry -> byName.put(entry.name(), entry));
      known = Collections.unmodifiableMap(byName);
      checks = known;
    }
    return known;
  }

  /** The checks in the order of their registration; unmodifiable. */
  public List<CheckReport> entries() {
    return entries;
  }

  /** The group that was asked; empty for the whole. */
  public Optional<HealthGroup> group() {
    return Optional.ofNullable(group);
  }

  /** The version that the registry was built with. */
  public Optional<String> version() {
    return Optional.ofNullable(version);
  }

  /** How long the registry had existed. */
  public Duration uptime() {
    return Duration.ofNanos(uptimeNanos);
  }

  /**
   * Why the whole is unhealthy whatever the checks say: starting, draining, in maintenance or
   * closed.
   */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** Whether a drill is under way for one of the checks. */
  public boolean drill() {
    for (CheckReport entry : entries) {
      if (entry.drill()) {
        return true;
      }
    }
    return false;
  }

  /** For logs and debuggers; shows no message and no data. */
  @Override
  public String toString() {
    return (group == null ? "health" : group.name()) + "=" + status.word() + " " + entries;
  }
}
