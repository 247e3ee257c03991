package dev.vigil.ratelimit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNamesTest {

  private static final byte[] SECRET = {1, 2, 3};

  @ParameterizedTest
  @ValueSource(strings = {"user-42", "203.0.113.9", "a@b.example", "~!$%&'()*+,/;<=>?[]^_`"})
  void takesPrintableIdentifiersAsTheyAre(String identifier) {
    assertThat(KeyNames.isPlain(identifier)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a:1",
        "{a",
        "a}",
        "a|b",
        "#a",
        "a\r\nSET x",
        "\u0000",
        "ü",
        "\u007f"
      })
  void takesNoneThatCouldForgeOrSplitAKey(String identifier) {
    assertThat(KeyNames.isPlain(identifier)).isFalse();
  }

  @Test
  void hashesToABoundedNameThatDependsOnTheSecret() {
    String huge = "x".repeat(10_000_000);

    assertThat(KeyNames.hashed(huge, SECRET)).hasSize(23).startsWith("#");
    assertThat(KeyNames.hashed(huge, SECRET)).isEqualTo(KeyNames.hashed(huge, SECRET));
    assertThat(KeyNames.hashed(huge, SECRET)).isNotEqualTo(KeyNames.hashed(huge, new byte[] {9}));
  }

  @Test
  void tellsLoneSurrogatesApart() {
    assertThat(KeyNames.hashed("\ud800", SECRET)).isNotEqualTo(KeyNames.hashed("\ud801", SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a|b", "{api}", "ä"})
  void refusesNamesThatCouldNotStandInAKey(String name) {
    assertThatThrownBy(() -> KeyNames.limiterName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name must be 1 to 64 letters");
  }
}
