package dev.vigil.health.hikari;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.vigil.health.HealthResult;
import org.jspecify.annotations.Nullable;

/** How busy a pool is: connections, and threads that wait for one. */
record PoolFigures(int active, int idle, int total, int max, int waiting) {

  /** Null before the pool has started, and once it is closed. */
  static @Nullable PoolFigures of(HikariDataSource source) {
    HikariPoolMXBean pool = source.isClosed() ? null : source.getHikariPoolMXBean();
    return pool == null
        ? null
        : new PoolFigures(
            pool.getActiveConnections(),
            pool.getIdleConnections(),
            pool.getTotalConnections(),
            source.getMaximumPoolSize(),
            pool.getThreadsAwaitingConnection());
  }

  boolean exhausted() {
    return active >= max;
  }

  HealthResult addTo(HealthResult result) {
    return result
        .with("active", active)
        .with("idle", idle)
        .with("total", total)
        .with("max", max)
        .with("waiting", waiting);
  }
}
