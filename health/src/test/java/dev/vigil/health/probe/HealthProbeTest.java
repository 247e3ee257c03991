package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(int code, String... args) {
    Clock still =
        new Clock() {
          @Override
          public long nanos() {
            return 0;
          }

          @Override
          public void pause(long nanos) {}
        };
    Exchange exchange = (command, limit) -> new Answer(code, "", false, null, 0);
    return HealthProbe.run(args, null, exchange, still, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void saysOnStandardOutputThatAllIsWell() {
    assertThat(run(200, "http://host/")).isZero();

    assertThat(text(out)).startsWith("healthy: HTTP 200").hasLineCount(1);
    assertThat(text(err)).isEmpty();
  }

  @Test
  void saysOnStandardErrorThatItIsNot() {
    assertThat(run(503, "http://host/")).isEqualTo(1);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("unhealthy: HTTP 503 in 0 ms\n");
  }

  @Test
  void answersWrongUsageWith64() {
    assertThat(run(200)).isEqualTo(64);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("a URL is needed; --help tells the options\n");
  }

  @Test
  void warnsBeforeTheVerdict() {
    assertThat(run(200, "http://host/", "--header", "Cookie: s3cret")).isZero();

    assertThat(text(err)).startsWith("warning: Cookie stands in").doesNotContain("s3cret");
  }

  @Test
  void helps() {
    assertThat(run(503, "--wait", "--help")).isZero();

    assertThat(text(out))
        .startsWith("Asks a health URL")
        .contains("--expect", "--wait", "--timeout", "--max-response", "--header", "--version")
        .contains("VIGIL_PROBE_TOKEN", "0 healthy enough", "64 wrong usage");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run(503, "--version")).isZero();

    assertThat(text(out)).startsWith("vigil-probe ").hasLineCount(1);
  }
}
