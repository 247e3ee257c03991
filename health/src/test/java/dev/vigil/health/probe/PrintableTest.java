package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  private static String print(Printable printable, String foreign, int limit) {
    StringBuilder line = new StringBuilder("> ");
    printable.print(foreign, limit, line);
    return line.substring(2);
  }

  private static String print(String foreign) {
    return print(new Printable(List.of()), foreign, 1000);
  }

  @Test
  void leavesOrdinaryTextAsItIs() {
    assertThat(print("Datenbank größer 日本 ~!")).isEqualTo("Datenbank größer 日本 ~!");
  }

  @ParameterizedTest
  @CsvSource({
    "0000", "0007", "000a", "000d", "001b", "007f", "0085", "009b", "200b", "200e", "2028", "2029",
    "202e", "2066", "d83d", "dc00", "feff", "ffff"
  })
  void replacesWhatMovesTheCursorOrTheWriting(String code) {
    String foreign = "a" + (char) Integer.parseInt(code, 16) + "b";

    assertThat(print(foreign)).isEqualTo("a?b");
  }

  @Test
  void cutsWhatIsLongAndSaysSo() {
    assertThat(print(new Printable(List.of()), "abcdef", 6)).isEqualTo("abcdef");
    assertThat(print(new Printable(List.of()), "abcdefg", 6)).isEqualTo("abcdef...");
  }

  @Test
  void masksEverySecretAnywhere() {
    Printable printable = new Printable(List.of("Bearer s3cret", "s3cret", "other"));

    assertThat(print(printable, "got Bearer s3cret, s3crets3cret and other", 1000))
        .isEqualTo("got ***, ****** and ***");
  }

  @Test
  void masksBeforeItCutsSoThatNoHalfOfASecretIsLeft() {
    Printable printable = new Printable(List.of("0123456789"));

    assertThat(print(printable, "token 0123456789", 10)).isEqualTo("token ***");
  }
}
