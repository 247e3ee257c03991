package dev.vigil.spring;

import dev.vigil.core.Profile;
import dev.vigil.core.TrustedProxies;

/** What was read of {@code vigil.*}, once it is known to be right. */
record VigilSettings(VigilProperties properties, Profile profile, TrustedProxies proxies) {

  HealthProperties health() {
    return properties.health();
  }
}
