package dev.vigil.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.shapesecurity.salvation2.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random input to the builder, of what is right, what is nearly right, and what is hostile:
 * whatever comes out cannot leave its header or its directive, and says what was written.
 */
class CspPropertyTest {

  private static final int INPUTS = 100_000;
  private static final long SEED = 0x5EC_4EAD;

  private static final List<String> GOOD =
      List.of(
          "'self'",
          "'none'",
          "'unsafe-inline'",
          "'strict-dynamic'",
          "'nonce-{nonce}'",
          "https:",
          "data:",
          "blob:",
          "https://cdn.example.com",
          "*.example.com",
          "https://a.example:8443/x/",
          "wss://live.example.com",
          "'report-sample'",
          "localhost:*",
          "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");

  private static final List<String> BAD =
      List.of(
          "self",
          "\r\nX-Evil: 1",
          "a;script-src *",
          "a,default-src *",
          "b\u00fccher.example",
          "\0",
          "'nonce-abc'",
          "*",
          "",
          " ",
          "'",
          "\u2028",
          "a\u000bb",
          "https://*",
          "javascript:alert(1)",
          "%0d%0a",
          "\"",
          "'self' ; x");

  private static final String ALPHABET = "ab*.:/-'\";, \r\n\t\0\u00e9\u0130{}()<>%?#=+@[]\\";

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void whateverIsBuiltStaysInItsHeaderAndReadsBackTheSame() {
    int built = 0;
    for (int i = 0; i < INPUTS; i++) {
      List<Directive> written = new ArrayList<>();
      CspBuilder builder = random(written);
      try {
        ContentSecurityPolicy policy = builder.build();
        built++;
        check(policy, written);
      } catch (PolicyException refused) {
        assertThat(refused.faults()).isNotEmpty();
        assertOneLine(refused);
      }
    }
    // Both outcomes must be common, or the test says little.
    assertThat(built).isBetween(INPUTS / 10, INPUTS * 9 / 10);
  }

  private CspBuilder random(List<Directive> written) {
    List<String> names = new ArrayList<>(DirectiveKind.names());
    CspBuilder builder = ContentSecurityPolicy.builder();
    int directives = random.nextInt(4) == 0 ? 3 : 1;
    for (int d = 0; d < directives; d++) {
      String name = random.nextInt(20) == 0 ? noise(8) : names.get(random.nextInt(names.size()));
      List<String> values = new ArrayList<>();
      int count = random.nextInt(4);
      for (int v = 0; v < count; v++) {
        values.add(value());
      }
      written.add(new Directive(name, values));
      builder.directive(name, values.toArray(String[]::new));
    }
    return builder;
  }

  private String value() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return noise(12);
    }
    return kind == 1 ? BAD.get(random.nextInt(BAD.size())) : GOOD.get(random.nextInt(GOOD.size()));
  }

  private String noise(int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static void check(ContentSecurityPolicy policy, List<Directive> written) {
    String text = policy.value("AAAAAAAAAAAAAAAAAAAAAA");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == ',') {
        fail("character " + (int) c + " got out in " + text);
      }
    }
    // Every semicolon is ours: as many pieces as directives, each with the name it was given.
    String[] pieces = text.split("; ", -1);
    assertThat(text.chars().filter(c -> c == ';').count()).isEqualTo(written.size() - 1);
    for (int i = 0; i < pieces.length; i++) {
      assertThat(pieces[i].split(" ", 2)[0]).isEqualToIgnoringCase(written.get(i).name());
    }
    assertThat(ContentSecurityPolicy.parse(policy.toString())).isEqualTo(policy);
    assertThat(policy.list())
        .extracting(Directive::values)
        .isEqualTo(written.stream().map(Directive::values).toList());
    assertStrangersReadIt(text);
  }

  /**
   * Salvation calls an error what browsers will not read; it does not know the newer directives.
   */
  private static void assertStrangersReadIt(String text) {
    Policy.parseSerializedCSP(
        text,
        (severity, message, directive, value) -> {
          if (severity == Policy.Severity.Error) {
            fail(message + " in " + text);
          }
        });
  }

  private static void assertOneLine(PolicyException refused) {
    for (String fault : refused.faults()) {
      assertThat(fault.chars().allMatch(c -> c >= ' ' && c != 0x2028)).isTrue();
    }
  }
}
