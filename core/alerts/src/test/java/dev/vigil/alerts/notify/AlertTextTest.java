package dev.vigil.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTextTest {

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "'', 3, ''", "abc, 1, …"})
  void cutsWithASign(String text, int longest, String line) {
    assertThat(AlertText.line(text, longest)).isEqualTo(line);
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(AlertText.line("a\ud83d\ude00\ud83d\ude00", 4)).isEqualTo("a\ud83d\ude00\u2026");
    assertThat(AlertText.line("a\ud83d\ude00", 3)).isEqualTo("a\ud83d\ude00");
    assertThat(AlertText.line("a\ud83db", 10)).isEqualTo("a b");
  }

  @Test
  void makesOneLineThatReadsFromLeftToRight() {
    assertThat(AlertText.line("a\r\nb\u2028c\u202ed\u001be\u0000", 100)).isEqualTo("a  b c d e ");
  }

  @Test
  void hidesASecretBeforeItCuts() {
    assertThat(AlertText.line("key " + Sample.SECRET, 20)).doesNotContain("sk_");
  }

  @Test
  void hidesWhatStandsUnderASecretName() {
    assertThat(AlertText.labelLine(Sample.hostile().alerts().get(0)))
        .contains("password=***")
        .doesNotContain("hunter2");
  }
}
