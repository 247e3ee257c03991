package dev.vigil.health.http;

import java.util.Map;
import java.util.TreeMap;

/** A request that never saw a server. */
record TestRequest(
    String method, String path, String query, Map<String, String> headers, String peer)
    implements HealthRequest {

  /** GET of a path below the mount point, with its query if it has one. */
  static TestRequest get(String target) {
    int mark = target.indexOf('?');
    return new TestRequest(
        "GET",
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
        "203.0.113.9");
  }

  TestRequest method(String other) {
    return new TestRequest(other, path, query, headers, peer);
  }

  TestRequest peer(String address) {
    return new TestRequest(method, path, query, headers, address);
  }

  TestRequest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new TestRequest(method, path, query, more, peer);
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }
}
