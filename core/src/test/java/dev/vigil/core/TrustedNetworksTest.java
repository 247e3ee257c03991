package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.TrustedProxies.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are trusted, and what an address is counted by. */
class TrustedNetworksTest {

  @Test
  void givesANetworkToCountBy() {
    assertThat(new Origin("203.0.113.9", "http", "h").network()).isEqualTo("203.0.113.9");
    assertThat(new Origin("2001:db8:1:2:3:4:5:6", "http", "h").network())
        .isEqualTo("2001:db8:1:2::/64");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, true",
    "127.9.9.9, true, true",
    "::1, true, true",
    "10.1.2.3, false, true",
    "172.16.0.1, false, true",
    "172.32.0.1, false, false",
    "192.168.1.1, false, true",
    "fd12::1, false, true",
    "fe80::1, false, true",
    "203.0.113.9, false, false",
    "2001:db8::1, false, false",
    "localhost, false, false"
  })
  void knowsTheUsualNetworks(String address, boolean loopback, boolean isPrivate) {
    assertThat(TrustedProxies.loopback().contains(address)).isEqualTo(loopback);
    assertThat(TrustedProxies.privateNetworks().contains(address)).isEqualTo(isPrivate);
    assertThat(TrustedProxies.none().contains(address)).isFalse();
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatThrownBy(() -> TrustedProxies.of("10.0.0.0/8", "proxy.local", "10.0.0.0/99"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "trusted proxies: \"proxy.local\" is not an address or CIDR range; names are not"
                + " resolved; \"10.0.0.0/99\" needs a prefix length between 0 and 32");
  }
}
