package dev.vigil.health;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckOptionsTest {

  @Test
  void hasTheDocumentedDefaults() {
    CheckPolicy policy = freeze(c -> {});

    assertThat(policy.timeout()).isEqualTo(ofSeconds(10).toNanos());
    assertThat(policy.cacheFor()).isEqualTo(ofSeconds(1).toNanos());
    assertThat(policy.scheduled()).isFalse();
    assertThat(policy.importance()).isEqualTo(Importance.CRITICAL);
    assertThat(policy.failureThreshold()).isOne();
    assertThat(policy.successThreshold()).isOne();
    assertThat(policy.groups()).isEmpty();
  }

  @Test
  void staysFreshForThreeIntervalsAndTheTimeout() {
    Schedule schedule = freeze(c -> c.every(ofSeconds(30)).timeout(ofSeconds(5))).schedule();

    assertThat(schedule.staleAfter()).isEqualTo(ofSeconds(95).toNanos());
    assertThat(schedule.whileFailing()).isEqualTo(ofSeconds(30).toNanos());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void refusesContradictions(Consumer<CheckOptions> options, String message) {
    assertThatThrownBy(() -> freeze(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        refused(
            c -> c.notCritical().informational(),
            "check \"db\": notCritical() and informational() exclude each other"),
        refused(c -> c.inline().interruptOnTimeout(), "the thread is the caller's"),
        refused(
            c -> c.every(ofSeconds(30)).cacheFor(ofSeconds(2)),
            "every(PT30S) and cacheFor(PT2S) exclude each other"),
        refused(c -> c.staleAfter(ofSeconds(9)), "add every(..)"),
        refused(c -> c.initialDelay(ofSeconds(9)), "add every(..)"),
        refused(c -> c.everyWhileFailing(ofSeconds(9)), "add every(..)"),
        refused(
            c -> c.every(ofSeconds(30)).staleAfter(ofSeconds(20)),
            "staleAfter must be longer than the interval but staleAfter is PT20S and the interval PT30S"),
        refused(c -> c.dependsOn("db"), "it depends on itself"),
        refused(c -> c.timeout(ZERO), "timeout must be positive but was PT0S"),
        refused(c -> c.timeout(ofSeconds(-1)), "timeout must be positive but was PT-1S"),
        refused(
            c -> c.timeout(Duration.ofSeconds(Long.MAX_VALUE)),
            "timeout must be at most 100 years"),
        refused(
            c -> c.cacheFor(ofMillis(-1)), "cacheFor must be zero or positive but was PT-0.001S"),
        refused(c -> c.every(ofMillis(9)), "every must be at least PT0.01S but was PT0.009S"),
        refused(
            c -> c.failureThreshold(0), "failureThreshold must be between 1 and 1000 but was 0"),
        refused(
            c -> c.successThreshold(1001),
            "successThreshold must be between 1 and 1000 but was 1001"),
        refused(c -> c.tags("with space"), "a tag must be 1 to 100 letters"));
  }

  private static Arguments refused(Consumer<CheckOptions> options, String message) {
    return Arguments.of(options, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a\nb", "-a", "a?b", "ä", "a\u2028b", "<script>"})
  void refusesNamesThatDoNotBelongIntoUrlsLogsAndMetrics(String name) {
    HealthRegistryBuilder builder = HealthRegistry.builder();

    assertThatThrownBy(() -> builder.check(name, context -> HealthResult.healthy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a check's name must be 1 to 100 letters, digits")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesNamesThatAreTooLong() {
    HealthRegistryBuilder builder = HealthRegistry.builder();

    assertThatThrownBy(() -> builder.check("x".repeat(101), context -> HealthResult.healthy()))
        .hasMessageContaining("this one has 101 characters");
  }

  private static CheckPolicy freeze(Consumer<CheckOptions> options) {
    CheckOptions chosen = new CheckOptions();
    options.accept(chosen);
    return chosen.freeze("db", CheckOptions.DEFAULT_TIMEOUT);
  }
}
