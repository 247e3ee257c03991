package dev.vigil.ratelimit.http;

import java.util.List;
import java.util.Map;

/** A request made of constants. */
record FakeRequest(String path, String peer, String principal, Map<String, List<String>> all)
    implements ClientRequest {

  static FakeRequest from(String peer) {
    return new FakeRequest("/api/x", peer, null, Map.of());
  }

  FakeRequest with(String header, String... values) {
    return new FakeRequest(path, peer, principal, Map.of(header, List.of(values)));
  }

  FakeRequest as(String user) {
    return new FakeRequest(path, peer, user, all);
  }

  FakeRequest at(String other) {
    return new FakeRequest(other, peer, principal, all);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String host() {
    return "example.org";
  }

  @Override
  public List<String> headers(String name) {
    return all.getOrDefault(name, List.of());
  }
}
