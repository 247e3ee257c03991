package dev.vigil.health.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.health.internal.reading.JsonScanner.NotJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static void walk(String text) {
    JsonScanner json = new JsonScanner(text);
    json.skip();
    json.end();
  }

  private static String string(String text) {
    JsonScanner json = new JsonScanner(text);
    json.peek();
    return json.string();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " { } ",
        "\"\"",
        "true",
        "null",
        "-1.5e+10",
        "0",
        "{\"a\":1,\"b\":[true,false,null,{}],\"c\":{\"d\":\"e\"}}",
        "[[],[[]],{}]",
        "\t[1 ,\r\n2 ]\n"
      })
  void walksThroughEveryKindOfValue(String text) {
    assertThatCode(() -> walk(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "[1",
        "[1,",
        "\"abc",
        "\"abc\\",
        "\"\\u12"
      })
  void refusesWhatIsCutOff(String text) {
    assertThatThrownBy(() -> walk(text)).isInstanceOf(NotJson.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\" 1}      | a colon is missing at character 5",
        "{a:1}          | a name is missing at character 1",
        "{\"a\":1,}     | a name is missing at character 7",
        "{,}            | a name is missing at character 1",
        "{\"a\":1 \"b\":2} | a comma is missing at character 7",
        "[1 2]          | a comma is missing at character 3",
        "[1,]           | a value is missing at character 3",
        "[,1]           | a value is missing at character 1",
        "{\"a\":}       | a value is missing at character 5",
        "[1}            | a comma is missing at character 2",
        "tru            | a value is missing at character 3",
        "TRUE           | a value is missing at character 0",
        "'a'            | a value is missing at character 0",
        "{} {}          | it goes on after its end at character 3",
        "\"\\x\"        | an escape is not one at character 3",
        "\"\\u00g0\"    | an escape is not one at character 6",
        "[1             | it ends too early at character 2",
      })
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> walk(text)).isInstanceOf(NotJson.class).hasMessage(message);
  }

  @Test
  void refusesAControlCharacterInAString() {
    assertThatThrownBy(() -> walk("\"a\nb\"")).hasMessageStartingWith("a control character");
  }

  @Test
  void refusesNestingThatWouldBreakTheStack() {
    assertThatThrownBy(() -> walk("[".repeat(100_000)))
        .isInstanceOf(NotJson.class)
        .hasMessageStartingWith("it is nested too deep");
    assertThatThrownBy(() -> walk("{\"a\":".repeat(100_000)))
        .isInstanceOf(NotJson.class)
        .hasMessageStartingWith("it is nested too deep");
  }

  @Test
  void bearsSixtyFourLevels() {
    assertThatCode(() -> walk("[".repeat(64) + "]".repeat(64))).doesNotThrowAnyException();
    assertThatThrownBy(() -> walk("[".repeat(65) + "]".repeat(65))).isInstanceOf(NotJson.class);
  }

  @Test
  void comesBackUpFromWhatItEntered() {
    assertThatCode(() -> walk("[" + "[],".repeat(1000) + "[]]")).doesNotThrowAnyException();
  }

  @Test
  void decodesEscapes() {
    assertThat(string(" \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\""))
        .isEqualTo("\"\\/\b\f\n\r\t\u00e4\uD83D\uDE00");
  }
}
