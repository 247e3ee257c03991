package dev.vigil.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void keepsPrintableText() {
    assertThat(Quoted.of("größe 10/8")).isEqualTo("\"größe 10/8\"");
  }

  @Test
  void replacesWhatForgesLinesOrSteersATerminal() {
    assertThat(Quoted.of("a\r\nb\u001b[0m\u2028\u202e\"c\u0000")).isEqualTo("\"a??b?[0m???c?\"");
  }

  @Test
  void cutsLongText() {
    assertThat(Quoted.of("x".repeat(10_000))).isEqualTo("\"" + "x".repeat(80) + "...\"");
  }
}
