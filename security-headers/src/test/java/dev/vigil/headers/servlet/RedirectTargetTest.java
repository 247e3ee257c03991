package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTargetTest {

  private final RedirectTarget listed =
      new RedirectTarget(List.of("WWW.example.com", "example.com"), false, 443);

  @ParameterizedTest
  @CsvSource({
    "www.example.com, https://www.example.com/a",
    "EXAMPLE.COM:8080, https://example.com/a",
    "example.com., https://example.com/a",
  })
  void keepsTheHostThatIsOnTheList(String asked, String location) {
    assertThat(listed.location(asked, "/a", null)).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "example.com.evil.example",
        "example.com@evil.example",
        "evil.example:443",
        "example.com:80:80",
        "example.com\r\nX: y",
        "exam\u0131ple.com",
        "[::1]:80"
      })
  void knowsNoOtherHost(String asked) {
    assertThat(listed.location(asked, "/a", null)).isNull();
  }

  @Test
  void aFixedHostIsTakenWhateverIsAskedFor() {
    RedirectTarget fixed = new RedirectTarget(List.of("www.example.com"), true, 8443);

    assertThat(fixed.location("evil.example", "/a", "b=c"))
        .isEqualTo("https://www.example.com:8443/a?b=c");
  }

  @ParameterizedTest
  @CsvSource({
    "'/a\r\nX: y', /a%0D%0AX:%20y",
    "/a%0d%0ab, /a%0d%0ab",
    "'/\\evil.example', /%5Cevil.example",
    "//evil.example, //evil.example",
    "/<script>, /%3Cscript%3E",
    "/\u00fc, /%C3%BC",
    "evil, /evil",
    "*, /*",
  })
  void escapesWhatNoAddressHolds(String path, String escaped) {
    assertThat(listed.location("example.com", path, null))
        .isEqualTo("https://example.com" + escaped);
  }

  @Test
  void hasNoLocationForAnAddressWithoutEnd() {
    assertThat(listed.location("example.com", "/" + "a".repeat(9000), null)).isNull();
    assertThat(listed.location("example.com", "/", "a".repeat(9000))).isNull();
  }

  @Test
  void refusesEveryHostThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RedirectTarget(
                    List.of("https://a.example", "a.example:80", "ok.example", "a b"), false, 443))
        .withMessage(
            "HTTPS redirect: \"https://a.example\" is no host name; write it without scheme, port and"
                + " path; \"a.example:80\" is no host name; write it without scheme, port and path;"
                + " \"a b\" is no host name; write it without scheme, port and path");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RedirectTarget(List.of(), false, 443))
        .withMessage(
            "HTTPS redirect: no host is named to redirect to; name one, or a list of those allowed");
  }
}
