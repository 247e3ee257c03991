package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigil.core.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchdogTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hc-ping.example.test/4f1c",
        "ftp://hc-ping.example.test/4f1c",
        "https:///4f1c",
        "https://user:pass@hc-ping.example.test/4f1c",
        "https://hc-ping.example.test/4f 1c"
      })
  void refusesWhatCannotBePostedToWithoutShowingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Watchdog.posting(Secret.of(url)))
        .withMessage("the watchdog's URL must be http or https, with a host and without user info")
        .withNoCause();
  }

  @Test
  void showsItsUrlToNobody() {
    Watchdog watchdog = Watchdog.posting(Secret.of("https://hc-ping.example.test/4f1c"));

    assertThat(watchdog.every(Duration.ofMinutes(5))).hasToString("Watchdog every PT5M");
  }

  @Test
  void doesNotFlood() {
    Watchdog watchdog = Watchdog.posting(Secret.of("https://hc-ping.example.test/4f1c"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> watchdog.every(Duration.ofMillis(999)))
        .withMessage("every must be at least PT1S but was PT0.999S");
  }
}
