package dev.vigil.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vigil.core.Secret;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckTest {

  private final HttpCheck check = HttpCheck.get(URI.create("https://api.example.com/health"));

  @ParameterizedTest
  @ValueSource(
      strings = {"/relative", "ftp://a/", "mailto:a@example.com", "http:/no-host", "file:///x"})
  void refusesWhatIsNoHttpAddress(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpCheck.get(URI.create(uri)))
        .withMessageStartingWith("uri must be absolute, http or https, and name a host");
  }

  @Test
  void refusesCredentialsInTheAddressWithoutShowingThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpCheck.head(URI.create("https://user:hunter2@a/")))
        .withMessage(
            "uri must not hold user and password, which would not be sent; use header(\"Authorization\", Secret)");
  }

  @Test
  void refusesAHeaderThatCannotBeSentWithoutShowingItsValue() {
    assertRefused(() -> check.header("X-Key", Secret.of("hunter2\r\nX-Other: 1")));
    assertRefused(() -> check.header("Host", "hunter2"));
    assertRefused(() -> check.header("X Key", "hunter2"));
    assertRefused(() -> check.header("", "hunter2"));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageContaining("cannot be sent")
        .withNoCause()
        .satisfies(e -> assertThat(e).message().doesNotContain("hunter2"));
  }

  @Test
  void refusesABodyExpectationOfHead() {
    HttpCheck head = HttpCheck.head(URI.create("http://a/"));

    assertThatIllegalStateException()
        .isThrownBy(() -> head.bodyMatching(body -> true))
        .withMessageContaining("HEAD is answered without one; use HttpCheck.get(..)");
  }

  @Test
  void refusesALimitOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> check.degradedOver(Duration.ZERO));
  }

  @Test
  void isRemote() {
    assertThat(check.remote()).isTrue();
  }
}
