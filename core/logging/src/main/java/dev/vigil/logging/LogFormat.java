package dev.vigil.logging;

/**
 * How a line looks. All but {@link #TEXT} are one JSON object a line, with the same contents under
 * different names; the module's README has the table.
 */
public enum LogFormat {
  /** For people: one line with colours, stack traces below it. Safe from forged lines too. */
  TEXT,
  /** {@code timestamp}, {@code level}, {@code service}, {@code environment}, {@code version}. */
  NATIVE,
  /**
   * Elastic's names.
   *
   * @see <a href="https://www.elastic.co/guide/en/ecs/current/index.html">Elastic Common Schema</a>
   */
  ECS,
  /** The names of Logstash's encoder for Logback. */
  LOGSTASH,
  /**
   * The names that Datadog reserves.
   *
   * @see <a
   *     href="https://docs.datadoghq.com/logs/log_configuration/attributes_naming_convention/">Datadog's
   *     attributes</a>
   */
  DATADOG
}
