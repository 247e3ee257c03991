package dev.vigil.ratelimit.http;

import dev.vigil.core.TrustedProxies;
import dev.vigil.ratelimit.internal.KeyNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request is counted for.
 *
 * <p>A key must be something that a client cannot choose: an address that a trusted proxy tells, an
 * authenticated user. A header that nobody has verified is no identity, since a client that sends a
 * new one with each request would have a limit of its own each time.
 *
 * <pre>{@code
 * ClientKey key = ClientKey.principal().orElse(ClientKey.address(TrustedProxies.of("10.0.0.0/8")));
 * }</pre>
 *
 * <p>Implementations are thread-safe, fast, and do not throw.
 */
@FunctionalInterface
public interface ClientKey {

  /** The key, or null where the request has none of this kind. */
  @Nullable String of(ClientRequest request);

  /**
   * The client's address, as trusted proxies tell it: an IPv4 address, or the /64 network of an
   * IPv6 one, within which a subscriber can change addresses at will. Always present.
   */
  static ClientKey address(TrustedProxies proxies) {
    Objects.requireNonNull(proxies, "proxies");
    return request ->
        proxies
            .origin(request.peer(), request.scheme(), request.host(), request::headers)
            .network();
  }

  /** The authenticated user's name. Its keys begin with {@code user=}, apart from addresses. */
  static ClientKey principal() {
    return request -> request.principal() == null ? null : "user=" + request.principal();
  }

  /**
   * A header's value, where there is one value and the validator knows it: an API key that exists.
   * What it refuses is no key, and the request falls to the next kind. The key holds a hash of the
   * value, since the value is a secret and keys are stored.
   *
   * @param name the header
   * @param validator whether the value was issued by you; must not be a mere check of its form
   */
  static ClientKey header(String name, Predicate<String> validator) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(validator, "validator");
    byte[] hashKey = name.getBytes(StandardCharsets.UTF_8);
    return request -> {
      List<String> values = request.headers(name);
      boolean known = values.size() == 1 && validator.test(values.get(0));
      return known ? name + "=" + KeyNames.hashed(values.get(0), hashKey) : null;
    };
  }

  /** This key, or that one where a request has none of this kind. */
  default ClientKey orElse(ClientKey other) {
    Objects.requireNonNull(other, "other");
    return request -> {
      String key = of(request);
      return key == null ? other.of(request) : key;
    };
  }

  /** Both together, for example a user at an address; none where either is missing. */
  default ClientKey and(ClientKey other) {
    Objects.requireNonNull(other, "other");
    return request -> {
      String key = of(request);
      String more = key == null ? null : other.of(request);
      return more == null ? null : key + " " + more;
    };
  }
}
