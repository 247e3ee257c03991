package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class ProfileTest {

  @ParameterizedTest
  @CsvSource({
    "DEVELOPMENT, 1000,  30, 3, false, false, DEBUG, false",
    "STAGING,     5000,  10, 2, true,  false, INFO,  true",
    "PRODUCTION,  10000, 5,  3, true,  true,  WARN,  true"
  })
  void carriesTheFiguresOfTheDeploymentGuide(
      Profile profile,
      int rateLimit,
      int outboundTimeout,
      int retries,
      boolean monitoring,
      boolean realTimeAlerts,
      Level logLevel,
      boolean strictSecurity) {
    assertThat(profile.rateLimit()).isEqualTo(rateLimit);
    assertThat(profile.outboundTimeout()).isEqualTo(Duration.ofSeconds(outboundTimeout));
    assertThat(profile.retries()).isEqualTo(retries);
    assertThat(profile.monitoring()).isEqualTo(monitoring);
    assertThat(profile.realTimeAlerts()).isEqualTo(realTimeAlerts);
    assertThat(profile.logLevel()).isEqualTo(logLevel);
    assertThat(profile.strictSecurity()).isEqualTo(strictSecurity);
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "STAGING", "Staging", " staging "})
  void findsAProfileInAnyLetterCase(String name) {
    assertThat(Profile.of(name)).isEqualTo(Profile.STAGING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "prodution", "PRODUCTOIN"})
  void namesTheNearestProfileForAnUnknownOne(String name) {
    assertThatThrownBy(() -> Profile.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "profile must be one of development, staging, production but was \""
                + name
                + "\"; did you mean production?");
  }

  @Test
  void neverEchoesControlCharacters() {
    assertThatThrownBy(() -> Profile.of("x\nFORGED \u001b[31m\u202e"))
        .hasMessage(
            "profile must be one of development, staging, production but was \"x?FORGED ?[31m?\"");
  }

  @Test
  void readsTheEnvironment() {
    assertThat(Profile.fromEnvironment(Map.of("VIGIL_PROFILE", "development")))
        .isEqualTo(Profile.DEVELOPMENT);
  }

  @Test
  void refusesAnUnknownProfileInTheEnvironment() {
    assertThatThrownBy(() -> Profile.fromEnvironment(Map.of("VIGIL_PROFILE", "qa")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VIGIL_PROFILE must be one of development, staging, production but was \"qa\"");
  }

  @Test
  void takesUnsetForProductionAndSaysSoOnce() {
    Logger logger = (Logger) LoggerFactory.getLogger("vigil.lifecycle");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    AtomicBoolean said = new AtomicBoolean();

    Profile unset = Profile.fromEnvironment(Map.of(), said);
    Profile blank = Profile.fromEnvironment(Map.of("VIGIL_PROFILE", " "), said);
    logger.detachAppender(lines);

    assertThat(unset).isEqualTo(Profile.PRODUCTION);
    assertThat(blank).isEqualTo(Profile.PRODUCTION);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("VIGIL_PROFILE is not set: profile production, the strict one");
  }

  @Test
  void letsLogLevelBeatTheProfile() {
    assertThat(Profile.PRODUCTION.logLevel(Map.of("LOG_LEVEL", "info"))).isEqualTo(Level.INFO);
    assertThat(Profile.PRODUCTION.logLevel(Map.of("LOG_LEVEL", ""))).isEqualTo(Level.WARN);
    assertThat(Profile.PRODUCTION.logLevel(Map.of())).isEqualTo(Level.WARN);
  }

  @Test
  void refusesAnUnknownLogLevel() {
    assertThatThrownBy(() -> Profile.STAGING.logLevel(Map.of("LOG_LEVEL", "warning")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LOG_LEVEL must be one of error, warn, info, debug, trace but was \"warning\"");
  }
}
