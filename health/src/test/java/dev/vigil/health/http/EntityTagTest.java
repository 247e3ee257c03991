package dev.vigil.health.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagTest {

  @Test
  void namesTheBytesThatCount() {
    String tag = EntityTag.of("status,time 1".getBytes(UTF_8), 6);

    assertThat(tag).matches("W/\"[0-9a-f]{16}\"");
    assertThat(EntityTag.of("status,time 2".getBytes(UTF_8), 6)).isEqualTo(tag);
    assertThat(EntityTag.of("stated,time 1".getBytes(UTF_8), 6)).isNotEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          W/"a"          | true
          "a"            | true
          *              | true
          ' * '          | true
          W/"b", W/"a"   | true
          "b" , "a"      | true
          W/"b"          | false
          a              | false
          "a             | false
          ,              | false
          ''             | false
          """)
  void isKnownByTheWeakComparison(String ifNoneMatch, boolean known) {
    assertThat(EntityTag.known(ifNoneMatch, "W/\"a\"")).isEqualTo(known);
  }

  @Test
  void isUnknownWithoutAHeaderAndWithOneWithoutBound() {
    assertThat(EntityTag.known(null, "W/\"a\"")).isFalse();
    assertThat(EntityTag.known("W/\"a\", " + "x".repeat(10_000_000), "W/\"a\"")).isFalse();
  }
}
