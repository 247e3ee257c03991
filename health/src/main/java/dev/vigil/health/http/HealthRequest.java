package dev.vigil.health.http;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint needs to know of an HTTP request. Adapters implement it as a view of their
 * server's own request, so that nothing is copied.
 *
 * <p>Used by one thread at a time, until the endpoint has answered.
 */
public interface HealthRequest {

  /** The method as it was sent, for example {@code GET}. */
  String method();

  /**
   * The path below the mount point, percent-decoded: empty, or beginning with a slash. Mounted at
   * {@code /health}, a request for {@code /health/live} has the path {@code /live}.
   */
  String path();

  /** The query without its question mark, still percent-encoded; {@code null} if there is none. */
  @Nullable String query();

  /**
   * A header's value.
   *
   * @param name compared without regard to case
   * @return {@code null} if it was not sent; the values joined by {@code ", "} if it was sent on
   *     several lines (RFC 9110, 5.3)
   */
  @Nullable String header(String name);

  /** The IP address of whoever holds the other end of the connection, proxy or not. */
  String peer();
}
