package dev.vigil.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.core.Profile;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTagsTest {

  @Test
  void putsAllFourOnEveryMeter() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    ServiceTags.of("orders", Profile.STAGING, "1.2.3", Map.of("HOSTNAME", "pod-7"))
        .applyTo(registry);

    assertThat(registry.counter("any", "own", "tag").getId().getTags())
        .containsExactlyInAnyOrder(
            Tag.of("service", "orders"),
            Tag.of("environment", "staging"),
            Tag.of("version", "1.2.3"),
            Tag.of("instance", "pod-7"),
            Tag.of("own", "tag"));
  }

  @Test
  void withoutAHostNameTheProcessIsTheInstance() {
    assertThat(ServiceTags.of("orders", Profile.PRODUCTION, "1", Map.of("HOSTNAME", " ")))
        .isEqualTo(
            new ServiceTags("orders", "production", "1", "pid-" + ProcessHandle.current().pid()));
    assertThat(ServiceTags.of("orders", Profile.PRODUCTION, "1").withInstance("a").instance())
        .isEqualTo("a");
  }

  @Test
  void refusesWhatCannotBeATag() {
    assertThatThrownBy(() -> new ServiceTags("orders", "production", " ", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("version must not be blank: a meter's tag cannot be");
  }
}
