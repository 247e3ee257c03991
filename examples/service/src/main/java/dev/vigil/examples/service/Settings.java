package dev.vigil.examples.service;

import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.TrustedProxies;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be set from outside, by environment variables.
 *
 * @param port {@code PORT}, 8080; 0 for one that is free
 * @param adminPort {@code ADMIN_PORT}, the next one; 0 for one that is free
 * @param profile {@code VIGIL_PROFILE}, staging
 * @param databaseUrl {@code DATABASE_URL}, a JDBC URL; an embedded PostgreSQL if unset
 * @param redisUrl {@code REDIS_URL}; an embedded Redis if unset
 * @param vendorUrl {@code VENDOR_URL}; a stand-in if unset
 * @param adminToken {@code ADMIN_TOKEN}, the bearer token for details; made up if unset
 * @param adminTokenMadeUp whether it was, and has to be told once
 * @param trustedProxies {@code TRUSTED_PROXIES}, ranges separated by commas; loopback
 * @param publicHost {@code PUBLIC_HOST}, the host (and port, if not 443) that plain requests are
 *     sent to by HTTPS; no redirect if unset
 * @param requestsPerMinute {@code RATE_LIMIT}, for each client; the profile's
 * @param alerts {@code ALERTS}: {@code fast}, the default, has seconds for minutes; {@code guide}
 *     is in earnest
 * @param watchdogUrl {@code WATCHDOG_URL}, who raises the alarm when this process is gone; none if
 *     unset
 * @param sentryDsn {@code SENTRY_DSN}, where failures are reported to; nowhere if unset
 */
record Settings(
    int port,
    int adminPort,
    Profile profile,
    Optional<String> databaseUrl,
    Optional<URI> redisUrl,
    Optional<URI> vendorUrl,
    Secret adminToken,
    boolean adminTokenMadeUp,
    TrustedProxies trustedProxies,
    Optional<URI> publicHost,
    int requestsPerMinute,
    String alerts,
    Optional<Secret> watchdogUrl,
    Optional<Secret> sentryDsn) {

  static Settings from(Map<String, String> environment) {
    int port = port(environment, "PORT", 8080);
    String token = set(environment, "ADMIN_TOKEN");
    String profile = set(environment, Profile.VARIABLE);
    String proxies = set(environment, "TRUSTED_PROXIES");
    Profile chosen = profile == null ? Profile.STAGING : Profile.of(profile);
    return new Settings(
        port,
        port(environment, "ADMIN_PORT", port == 0 ? 0 : port + 1),
        chosen,
        Optional.ofNullable(set(environment, "DATABASE_URL")),
        Optional.ofNullable(set(environment, "REDIS_URL")).map(URI::create),
        Optional.ofNullable(set(environment, "VENDOR_URL")).map(URI::create),
        Secret.of(token == null ? madeUp() : token),
        token == null,
        proxies == null ? TrustedProxies.loopback() : TrustedProxies.of(proxies.split(",")),
        Optional.ofNullable(set(environment, "PUBLIC_HOST")).map(Settings::https),
        number(environment, "RATE_LIMIT", chosen.rateLimit(), 1, 1_000_000),
        alerts(environment),
        Optional.ofNullable(set(environment, "WATCHDOG_URL")).map(Secret::of),
        Optional.ofNullable(set(environment, "SENTRY_DSN")).map(Secret::of));
  }

  private static @Nullable String set(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String alerts(Map<String, String> environment) {
    String value = set(environment, "ALERTS");
    if (value == null || value.equals("fast") || value.equals("guide")) {
      return value == null ? "fast" : value;
    }
    throw new IllegalArgumentException("ALERTS must be fast or guide but was " + value);
  }

  private static URI https(String host) {
    try {
      URI uri = new URI("https://" + host);
      if (host.equals(uri.getAuthority()) && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException noHost) {
      // told below
    }
    throw new IllegalArgumentException(
        "PUBLIC_HOST must be a host like www.example.com, or with a port, but was " + host);
  }

  private static int port(Map<String, String> environment, String name, int unset) {
    return number(environment, name, unset, 0, 65_535);
  }

  private static int number(
      Map<String, String> environment, String name, int unset, int least, int most) {
    String value = set(environment, name);
    if (value == null) {
      return unset;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw new IllegalArgumentException(
        name + " must be a number from " + least + " to " + most + " but was " + value);
  }

  private static String madeUp() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
