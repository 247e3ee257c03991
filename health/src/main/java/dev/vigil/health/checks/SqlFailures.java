package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What may be shown of an {@link SQLException}: its codes, never its text. */
final class SqlFailures {

  /** Five characters, by ISO/IEC 9075. */
  private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");

  /** Pools wrap the driver's exception once or twice; the bound ends a circle of causes. */
  private static final int DEEPEST = 10;

  private SqlFailures() {}

  static HealthResult unhealthy(String why, SQLException failure) {
    HealthResult result = HealthResult.unhealthy(why, failure);
    Throwable cause = failure;
    for (int i = 0; i < DEEPEST && cause != null; i++, cause = cause.getCause()) {
      if (cause instanceof SQLException e
          && e.getSQLState() != null
          && SQL_STATE.matcher(e.getSQLState()).matches()) {
        return result.with("sqlState", e.getSQLState()).with("vendorCode", e.getErrorCode());
      }
    }
    return result;
  }
}
