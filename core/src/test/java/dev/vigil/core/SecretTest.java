package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void showsItselfOnlyWhenAsked() {
    Secret secret = Secret.of("hunter2");

    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret).hasToString("***");
    assertThat("token " + secret).doesNotContain("hunter2");
  }

  @Test
  void comparesByValue() {
    assertThat(Secret.of("a").matches("a")).isTrue();
    assertThat(Secret.of("a").matches("b")).isFalse();
    assertThat(Secret.of("a").matches("")).isFalse();
    assertThat(Secret.of("ü")).isEqualTo(Secret.of("ü")).hasSameHashCodeAs(Secret.of("ü"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("aa"));
  }

  @Test
  void refusesAForgottenSetting() {
    assertThatThrownBy(() -> Secret.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret must not be blank; leave it unset or give it a value");
  }
}
