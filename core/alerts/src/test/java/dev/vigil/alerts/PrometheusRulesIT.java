package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write is read by Prometheus's own tool. */
class PrometheusRulesIT {

  @Test
  void promtoolAcceptsEveryKindOfRule(@TempDir Path folder) throws Exception {
    List<AlertRule> rules = new ArrayList<>(AlertPack.standard());
    GrammarVectorsTest.accepted()
        .map(it -> (String) it.get()[0])
        .forEach(
            text ->
                rules.add(
                    AlertRule.builder("accepted-" + rules.size())
                        .when(text)
                        .forAtLeast(Duration.ofMinutes(5))
                        .keepFiringFor(Duration.ofMinutes(1))
                        .build()));
    for (String text :
        List.of(
            "error_rate > 5%",
            "avg_response_time > 2s",
            "memory_usage > 80%",
            "db_connection_errors > 10",
            "not (health() == unknown or absent(heartbeat))",
            "1 > 0",
            "clamp(round(abs(x)), 0, 5) > 1e-9 and stddev(x[5m]) > 1 and changes(x[1h]) > 3")) {
      rules.add(AlertRule.builder("more-" + rules.size()).when(text).build());
    }
    Path file = folder.resolve("rules.yml");
    Files.writeString(
        file,
        PrometheusRules.of(rules, Definitions.builtIn(), PrometheusRulesTest.registry()),
        StandardCharsets.UTF_8);

    Path said = folder.resolve("said.txt");
    Process promtool = start(file, said);
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(promtool.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).contains("SUCCESS: " + rules.size() + " rules found");
  }

  private static Process start(Path rules, Path said) {
    try {
      return new ProcessBuilder("promtool", "check", "rules", rules.toString())
          .redirectErrorStream(true)
          .redirectOutput(said.toFile())
          .start();
    } catch (IOException missing) {
      String way = "promtool is not installed (Debian: apt-get install prometheus)";
      return "true".equals(System.getenv("CI")) ? fail(way, missing) : abort(way);
    }
  }
}
