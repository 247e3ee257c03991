package dev.vigil.ratelimit.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a limiter sees of a request. Valid during the call only. */
public interface ClientRequest {

  /** The method, in capitals. */
  String method();

  /** The path below the application's own, decoded. */
  String path();

  /** The address of the connection's other end. */
  String peer();

  /** The connection's scheme. */
  String scheme();

  /** The host that the request names. */
  String host();

  /** All values of a header, in order; empty where there is none. */
  List<String> headers(String name);

  /** The name of the authenticated user, or null. */
  @Nullable String principal();
}
