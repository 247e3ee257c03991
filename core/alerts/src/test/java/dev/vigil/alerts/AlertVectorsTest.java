package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Prometheus 2.42 answers for one rule on given samples (vectors/alerts), and what we answer.
 * Where being in the process knows better our states stand in {@link #OURS}, with the reason.
 */
class AlertVectorsTest {

  /** There are no missed scrapes in the process, or no counterpart at all. */
  private static final Set<String> SKIPPED = Set.of("lookback", "trap");

  private static final Pattern RECOVER = Pattern.compile("(.*)\\[recover: (.*)]");

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * Our states where they differ, a letter an evaluation: i inactive, p pending, f firing.
   *
   * <p>error_series_missing: the error counter is born at 240 s with its first seven errors.
   * Prometheus needs a sample before it to see them; we know that it was born at 0.
   *
   * <p>rate_with_gap: Prometheus misses the scrapes at 180 and 240 s, and fills their place by
   * extrapolation. We read the counter then, which stood still, and see its growth after that as
   * what it is: more than 0.9 a second in each of the windows up to 540 s.
   */
  private static final Map<String, String> OURS =
      Map.of("error_series_missing", "iiiifffffffi", "rate_with_gap", "iiiiippfff");

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void answersAsPrometheusDoes(String name, JsonNode vector) {
    MeterRegistry registry = new CompositeMeterRegistry().add(new SimpleMeterRegistry());
    VectorSeries series = new VectorSeries(registry, vector.get("series"));
    StringBuilder states = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    try (AlertEngine engine = engine(vector, registry)) {
      AlertState before = AlertState.INACTIVE;
      for (JsonNode evaluation : vector.get("expected")) {
        long t = evaluation.get("t").asLong();
        series.at(t);
        engine.evaluate(START.plusSeconds(t));

        AlertsView.Rule rule = engine.view().rules().get(0);
        states.append(letter(rule.state()));
        expected.append(evaluation.get("state").asText().charAt(0));
        if (!OURS.containsKey(name)) {
          assertThat(instances(rule)).as("instances at %d", t).isEqualTo(instances(evaluation));
          assertThat(event(before, rule.state()))
              .as("event at %d", t)
              .isEqualTo(evaluation.get("event").asText());
        }
        before = rule.state();
      }
    }
    assertThat(states).hasToString(OURS.getOrDefault(name, expected.toString()));
  }

  private static AlertEngine engine(JsonNode vector, MeterRegistry registry) {
    JsonNode given = vector.get("rule");
    Matcher recover = RECOVER.matcher(given.get("ours").asText());
    boolean recovers = recover.matches();
    String condition = recovers ? recover.group(1).strip() : given.get("ours").asText();
    AlertRuleBuilder rule =
        AlertRule.builder("R")
            .when(condition)
            .forAtLeast(Duration.ofSeconds(given.get("for_s").asLong()))
            .keepFiringFor(Duration.ofSeconds(given.get("keep_firing_for_s").asLong()));
    if (recovers) {
      rule.recoverWhen(recover.group(2));
    }
    AlertEngine.Builder engine =
        AlertEngine.builder(registry)
            .interval(Duration.ofSeconds(vector.get("interval_s").asLong()))
            .rule(rule.build());
    given
        .path("define")
        .properties()
        .forEach(e -> engine.define(e.getKey(), e.getValue().asText()));
    return engine.build();
  }

  private static char letter(AlertState state) {
    return switch (state) {
      case PENDING -> 'p';
      case FIRING, RECOVERING -> 'f';
      case INACTIVE, NO_DATA, RESOLVED -> 'i';
      case ERROR -> 'e';
    };
  }

  private static String event(AlertState before, AlertState now) {
    boolean fired = letter(before) == 'f';
    boolean fires = letter(now) == 'f';
    return fired == fires ? "null" : fires ? "fire" : "resolve";
  }

  /** "{labels} state since" of what is active. */
  private static Set<String> instances(AlertsView.Rule rule) {
    Set<String> instances = new HashSet<>();
    for (Alert alert : rule.alerts()) {
      char state = letter(alert.state());
      if (state != 'i') {
        long since = Duration.between(START, alert.activeAt()).toSeconds();
        instances.add(alert.labels() + " " + state + " " + since);
      }
    }
    return instances;
  }

  private static Set<String> instances(JsonNode evaluation) {
    Set<String> instances = new HashSet<>();
    for (JsonNode instance : evaluation.get("instances")) {
      Map<String, String> labels = new TreeMap<>();
      instance
          .get("labels")
          .properties()
          .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      instances.add(
          labels
              + " "
              + instance.get("state").asText().charAt(0)
              + " "
              + instance.get("active_at").asLong());
    }
    return instances;
  }

  static Stream<Object[]> vectors() throws IOException, URISyntaxException {
    Path folder = Path.of(AlertVectorsTest.class.getResource("/vectors/alerts").toURI());
    List<Object[]> vectors = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        try (InputStream json = Files.newInputStream(file)) {
          JsonNode vector = new ObjectMapper().readTree(json);
          boolean skipped = false;
          for (JsonNode tag : vector.get("tags")) {
            skipped |= SKIPPED.contains(tag.asText());
          }
          if (!skipped) {
            vectors.add(new Object[] {vector.get("name").asText(), vector});
          }
        }
      }
    }
    assertThat(vectors).hasSizeGreaterThan(20);
    return vectors.stream();
  }
}
