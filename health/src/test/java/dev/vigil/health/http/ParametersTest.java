package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @Test
  void readsRepeatedParametersInOrder() {
    Parameters asked =
        Parameters.parse("check=a&tag=t&check=b%3A1&exclude=c&&format=health+json&verbose");

    assertThat(asked.check).containsExactly("a", "b:1");
    assertThat(asked.tag).containsExactly("t");
    assertThat(asked.exclude).containsExactly("c");
    assertThat(asked.format).isEqualTo("health+json");
    assertThat(asked.verbose).isTrue();
    assertThat(asked.narrows()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"verbose,true", "verbose=,true", "verbose=true,true", "verbose=1,true"})
  @CsvSource({"verbose=false,false", "verbos,false", "'',false"})
  void readsVerboseAsAFlag(String query, boolean verbose) {
    assertThat(Parameters.parse(query).verbose).isEqualTo(verbose);
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    Parameters asked = Parameters.parse("_=123&Check=a&&=&==&=x&utm_source=%C3%A9");

    assertThat(asked.narrows()).isFalse();
    assertThat(asked.format).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check=%",
        "check=%4",
        "check=%zz",
        "check=%4g",
        "%",
        "a=b&%41%",
        "check=%FF",
        "check=%C3",
        "check=%ED%A0%80",
        "check=%C0%AF",
        "check=%\uFF11\uFF11"
      })
  void refusesWhatIsNotPercentEncodedUtf8(String query) {
    assertThat(Parameters.parse(query)).isNull();
  }

  @Test
  void refusesWhatIsTooLongOrTooMuch() {
    assertThat(Parameters.parse("check=a&".repeat(100))).isNotNull();
    assertThat(Parameters.parse("check=a&".repeat(101))).isNull();
    assertThat(Parameters.parse("x".repeat(4096))).isNotNull();
    assertThat(Parameters.parse("x".repeat(4097))).isNull();
    assertThat(Parameters.parse("&".repeat(4096))).isNotNull();
  }
}
