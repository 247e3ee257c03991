package dev.vigil.health.http;

import dev.vigil.core.TrustedProxies;
import java.util.List;

/** Grants callers whose address lies in the ranges. */
record AddressAuthoriser(TrustedProxies proxies, TrustedProxies ranges) implements Authoriser {

  @Override
  public Verdict judge(HealthRequest request) {
    TrustedProxies.Origin origin =
        proxies.origin(
            request.peer(),
            "http", // neither scheme nor host matters here
            "",
            name -> {
              String value = request.header(name);
              return value == null ? List.of() : List.of(value);
            });
    return ranges.contains(origin.address()) ? Verdict.GRANTED : Verdict.NONE;
  }
}
