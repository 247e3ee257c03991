package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CspReportReaderTest {

  private final CspReportReader reader = new CspReportReader();

  private List<CspReport> read(String body) throws IOException {
    return reader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTheFormatOfCspLevel2() throws IOException {
    assertThat(
            read(
                "{\"csp-report\":{\"document-uri\":\"https://a.example/page?token=s3cret#x\","
                    + "\"violated-directive\":\"script-src-elem 'self'\","
                    + "\"blocked-uri\":\"https://user:pass@evil.example/x.js?k=v\","
                    + "\"source-file\":\"https://a.example/app.js\",\"line-number\":12,"
                    + "\"disposition\":\"enforce\",\"original-policy\":\"script-src 'self'\"}}"))
        .containsExactly(
            new CspReport(
                "script-src-elem",
                true,
                "https://evil.example/x.js",
                "https://a.example/page",
                "https://a.example/app.js",
                12));
  }

  @Test
  void readsTheFormatOfTheReportingApiAndPassesOverOtherTypes() throws IOException {
    assertThat(
            read(
                "[{\"type\":\"deprecation\",\"body\":{\"id\":\"x\"}},"
                    + "{\"type\":\"csp-violation\",\"age\":3,\"url\":\"https://a.example/\","
                    + "\"body\":{\"documentURL\":\"https://a.example/\",\"blockedURL\":\"inline\","
                    + "\"effectiveDirective\":\"style-src-attr\",\"disposition\":\"report\","
                    + "\"sourceFile\":null,\"lineNumber\":3}}]"))
        .containsExactly(
            new CspReport("style-src-attr", false, "inline", "https://a.example/", "", 3));
  }

  @Test
  void aDirectiveThatIsNoneIsOther() throws IOException {
    for (String directive : List.of("", "x", "script-src\\n", "script-src;x", "\\u0130mg-src")) {
      assertThat(report(directive, "inline").directive())
          .describedAs(directive)
          .isIn("other", "script-src");
    }
    assertThat(report("SCRIPT-SRC 'self'", "inline").directive()).isEqualTo("script-src");
  }

  @Test
  void addressesAreCutAndHoldNothingThatActs() throws IOException {
    assertThat(report("img-src", "https://a.example/" + "b".repeat(5000)).blocked()).hasSize(256);
    assertThat(report("img-src", "https://a.example/\\r\\n<script>\\u001b[31m\\u202e").blocked())
        .isEqualTo("https://a.example/???script??[31m?");
    assertThat(report("img-src", "https://u:p@w@a.example/x@y").blocked())
        .isEqualTo("https://a.example/x@y");
  }

  private CspReport report(String directive, String blocked) throws IOException {
    return read("{\"csp-report\":{\"effective-directive\":\""
            + directive
            + "\",\"blocked-uri\":\""
            + blocked
            + "\"}}")
        .get(0);
  }

  @Test
  void readsTwentyReportsOfABodyAtMost() throws IOException {
    String one = "{\"type\":\"csp-violation\",\"body\":{\"effectiveDirective\":\"img-src\"}}";

    assertThat(read("[" + (one + ",").repeat(99) + one + "]")).hasSize(20);
    assertThat(read("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"csp-report\"",
        "{}",
        "{\"csp-report\":1}",
        "[1]",
        "[[]]",
        "{\"csp-report\":{}",
        "{\"csp-report\":{}} {}",
        "{\"csp-report\":{\"line-number\":}}",
        "[{\"type\":\"csp-violation\"}]",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "{\"csp-report\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}",
        "<xml/>",
        "\u0000"
      })
  void refusesWhatIsNoReport(String body) {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(body));
  }

  @Test
  void anythingMayStandWhereAStringIsExpected() throws IOException {
    assertThat(
            read(
                "{\"csp-report\":{\"effective-directive\":[1],\"blocked-uri\":{\"a\":1},"
                    + "\"document-uri\":true,\"line-number\":99999999999}}"))
        .containsExactly(new CspReport("other", true, "", "true", "", 0));
  }
}
