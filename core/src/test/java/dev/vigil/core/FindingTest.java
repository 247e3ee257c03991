package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void readsAsOneLine() {
    Finding finding =
        new Finding(
            Finding.Severity.WARNING,
            "check \"database\"",
            "is in liveness",
            "move it to readiness");

    assertThat(finding)
        .hasToString("WARNING check \"database\": is in liveness; move it to readiness");
  }

  @Test
  void refusesHalfAFinding() {
    assertThatThrownBy(() -> new Finding(Finding.Severity.INFO, "here", "what", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("fix");
  }
}
