package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The README's example compiles and does what it seems to. */
class ReadmeTest {

  @Test
  void runsTheExample() {
    AtomicBoolean draining = new AtomicBoolean();
    AutoCloseable pool = () -> {};
    Map<String, List<String>> headers = Map.of("X-Forwarded-For", List.of("203.0.113.9"));

    Profile profile = Profile.fromEnvironment(); // VIGIL_PROFILE; unset is production
    TrustedProxies proxies = TrustedProxies.of("loopback", "10.0.0.0/8").onlyXForwarded();
    Redactor redactor = Redactor.builder().keys("tax-id").emails().build();
    var policies = PathPattern.Table.of(Map.of("/api/*", "s-maxage=60", "/*", "no-store"));
    ShutdownSequence shutdown =
        ShutdownSequence.builder()
            .step("drain", Duration.ofSeconds(1), () -> draining.set(true))
            .closing("pool", profile.outboundTimeout(), pool)
            .build();

    String safe = redactor.redact("login of pat@example.test with password=hunter2");
    String policy = policies.find("//api/./orders");
    var origin = proxies.origin("10.0.0.1", "http", "shop.test", headers::get);
    boolean clean = shutdown.run();

    assertThat(safe).isEqualTo("login of *** with password=***");
    assertThat(policy).isEqualTo("s-maxage=60");
    assertThat(origin.address()).isEqualTo("203.0.113.9");
    assertThat(clean).isTrue();
    assertThat(draining).isTrue();
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.split("```java\n")[1].split("```")[0];
    String source = Files.readString(Path.of("src/test/java/dev/vigil/core/ReadmeTest.java"));

    assertThat(example.lines().filter(line -> !line.isBlank()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(source).contains(line));
  }
}
