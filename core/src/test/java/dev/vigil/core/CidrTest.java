package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.0.0.0/8, ::10.1.2.3, false",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.7/32, 192.0.2.7, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8:0:1::/64, 2001:db8:0:1:ffff::1, true",
    "2001:db8:0:1::/64, 2001:db8:0:2::1, false",
    "2001:db8::/65, 2001:db8:0:0:7fff::1, true",
    "2001:db8::/65, 2001:db8:0:0:8000::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "::1/128, ::1, true"
  })
  void holdsTheAddressesOfItsRange(String cidr, String address, boolean holds) {
    assertThat(Cidr.parse(cidr).contains(IpAddress.parse(address))).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.example.test | \"proxy.example.test\" is not an address or CIDR range; names are not resolved",
        "10.0.0.0/33 | \"10.0.0.0/33\" needs a prefix length between 0 and 32",
        "10.0.0.0/ | \"10.0.0.0/\" needs a prefix length between 0 and 32",
        "10.0.0.0/-1 | \"10.0.0.0/-1\" needs a prefix length between 0 and 32",
        "::/129 | \"::/129\" needs a prefix length between 0 and 128",
        "10.1.2.3/8 | \"10.1.2.3/8\" has bits set beyond its prefix; write 10.0.0.0/8",
        "fe80::1%eth0/64 | \"fe80::1%eth0/64\" is not an address or CIDR range; names are not resolved"
      })
  void saysWhatIsWrong(String cidr, String message) {
    assertThatThrownBy(() -> Cidr.parse(cidr))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
