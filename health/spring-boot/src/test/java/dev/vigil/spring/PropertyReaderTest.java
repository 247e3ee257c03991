package dev.vigil.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vigil.core.Profile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PropertyReaderTest {

  private final PropertyFaults faults = new PropertyFaults();

  @Test
  void readsWhatIsRight() {
    VigilProperties read =
        read(
            Map.of(
                "vigil.profile", "staging",
                "vigil.trusted-proxies", "10.0.0.0/8,loopback",
                "vigil.health.port", "9090",
                "vigil.health.checks.database.timeout", "2s",
                "vigil.ratelimit.limits.api.permits", "100",
                "vigil.ratelimit.limits.api.window", "1s"));

    assertThat(messages()).isEmpty();
    assertThat(read.profile()).isEqualTo(Profile.STAGING);
    assertThat(read.trustedProxies()).containsExactly("10.0.0.0/8", "loopback");
    assertThat(read.health().port()).isEqualTo(9090);
    assertThat(read.health().checks().get("database").timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.ratelimit().limits().get("api").permits()).isEqualTo(100);
  }

  @Test
  void hasDefaultsWhereNothingIsSet() {
    VigilProperties read = read(Map.of());

    assertThat(messages()).isEmpty();
    assertThat(read.health().enabled()).isTrue();
    assertThat(read.health().path()).isEqualTo("/health");
    assertThat(read.health().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read.ratelimit().redis().timeout()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void tellsAllFaultsAtOnce() {
    Map<String, Object> wrong = new LinkedHashMap<>();
    wrong.put("vigil.health.port", "eighty");
    wrong.put("vigil.health.timeout", "10h");
    wrong.put("vigil.health.page", "maybe");
    wrong.put("vigil.profile", "prod");
    wrong.put("vigil.helth.path", "/up");
    read(wrong);

    assertThat(messages())
        .containsExactlyInAnyOrder(
            "vigil.health.port was \"eighty\"; allowed is a whole number from 0 to 65535",
            "vigil.health.timeout was \"10h\"; allowed is a duration from 10ms to 5m",
            "vigil.health.page was \"maybe\"; allowed is true or false",
            "vigil.profile was \"prod\"; allowed is one of development, staging, production",
            "vigil.helth.path is not a property; did you mean vigil.health.path?");
  }

  @ParameterizedTest
  @CsvSource({
    "vigil.ratelimit.limits.api.permit, vigil.ratelimit.limits.api.permits",
    "vigil.health.checks.database.timout, vigil.health.checks.database.timeout",
    "vigil.trusted-proxys, vigil.trusted-proxies",
  })
  void namesTheNearestProperty(String given, String meant) {
    read(Map.of(given, "1"));

    assertThat(messages())
        .containsExactly(given + " is not a property; did you mean " + meant + "?");
  }

  @Test
  void takesEverySpellingThatBootTakes() {
    read(Map.of("vigil.trustedProxies[0]", "loopback", "vigil.health.dataSources", "false"));

    assertThat(messages()).isEmpty();
  }

  @Test
  void leavesUnknownVariablesOfTheEnvironmentAlone() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of("VIGIL_HOME", "/opt/vigil", "VIGIL_HEALTH_PORT", "x9")));
    new PropertyReader(environment, faults).read();

    assertThat(messages())
        .singleElement()
        .asString()
        .startsWith("vigil.health.port was \"x9\"; allowed is a whole number");
  }

  @Test
  void showsNoSecret() {
    read(Map.of("vigil.health.token.value", "hunter2-hunter2"));

    assertThat(messages()).singleElement().asString().doesNotContain("hunter2");
  }

  @Test
  void quotesHostileValuesOnOneLine() {
    read(Map.of("vigil.health.port", "1\nvigil.health.port was fine"));

    assertThat(messages()).singleElement().asString().doesNotContain("\n");
  }

  private VigilProperties read(Map<String, ?> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.copyOf(properties)));
    ConfigurationPropertySources.attach(environment);
    return new PropertyReader(environment, faults).read();
  }

  private List<String> messages() {
    WrongPropertiesException thrown =
        catchThrowableOfType(WrongPropertiesException.class, faults::throwIfAny);
    return thrown == null
        ? List.of()
        : thrown.faults().stream().map(fault -> fault.property() + " " + fault.fault()).toList();
  }
}
