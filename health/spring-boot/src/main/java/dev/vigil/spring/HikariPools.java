package dev.vigil.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.hikari.HikariCheck;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds the Hikari pool in a DataSource; loaded only where there is Hikari. */
final class HikariPools {

  private HikariPools() {}

  static @Nullable HealthCheck check(DataSource source) {
    try {
      return source.isWrapperFor(HikariDataSource.class)
          ? HikariCheck.of(source.unwrap(HikariDataSource.class))
          : null;
    } catch (SQLException | RuntimeException wrapper) {
      return null; // One that does not say what it wraps is checked as any other.
    }
  }
}
