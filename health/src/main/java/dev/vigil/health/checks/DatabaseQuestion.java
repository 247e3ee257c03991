package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;

/** What is asked over a connection, within a transaction that is read-only and rolled back. */
interface DatabaseQuestion {

  /**
   * Asks.
   *
   * @param seconds the query time-out, 1 or more
   */
  HealthResult run(Connection connection, int seconds) throws SQLException;
}
