package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.core.Finding;
import dev.vigil.metrics.windows.MeterWindows;
import dev.vigil.testing.FakeTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleAuditTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final MeterWindows windows =
      MeterWindows.on(registry).ticker(new FakeTime()).interval(Duration.ofSeconds(15)).build();

  @AfterEach
  void close() {
    windows.close();
  }

  @Test
  void findsNothingWhereAllIsWell() {
    registry.timer("db.query", "pool", "a").record(1, TimeUnit.SECONDS);

    assertThat(audit("p95(db.query{pool=\"a\"}[5m]) > 1s and avg(db.query[1m]) > 500ms")).isEmpty();
  }

  @Test
  void namesTheNearestMeter() {
    registry.counter("db.errors");

    assertThat(audit("rate(db.erors[5m]) > 1"))
        .containsExactly(
            "WARNING rule \"a\", column 6: there is no meter db.erors; did you mean db.errors?");
    assertThat(strict("rate(db.erors[5m]) > 1")).singleElement().asString().startsWith("ERROR");
  }

  @Test
  void namesTheNearestTag() {
    registry.counter("db.errors", "pool", "a");

    assertThat(audit("rate(db.errors{pol=\"a\"}[5m]) > 1"))
        .containsExactly(
            "WARNING rule \"a\", column 6: no meter db.errors has a tag pol; did you mean pool?");
    assertThat(audit("rate(db.errors{host!=\"a\"}[5m]) > 1")).isEmpty();
  }

  @Test
  void refusesAFunctionThatTheMeterDoesNotHave() {
    registry.counter("db.errors");

    assertThat(audit("1 > 0 and p95(db.errors[5m]) > 1"))
        .singleElement()
        .asString()
        .startsWith(
            "ERROR rule \"a\", column 11: p95() is not known of db.errors, a counter; it has rate,");
  }

  @Test
  void refusesUnitsThatDoNotGoTogether() {
    registry.timer("db.query").record(1, TimeUnit.SECONDS);

    assertThat(audit("avg(db.query[5m]) > 5MB"))
        .containsExactly(
            "ERROR rule \"a\", column 21: '>' cannot take a time and an amount of bytes; give both"
                + " sides the same unit");
  }

  @Test
  void refusesAWindowBelowTheInterval() {
    assertThat(audit("rate(x[5s]) > 1"))
        .first()
        .asString()
        .startsWith("ERROR rule \"a\", column 6: ")
        .contains("PT5S", "PT15S");
  }

  @Test
  void saysHowABareCounterIsRead() {
    registry.counter("db_connection_errors");
    AlertRule rule =
        AlertRule.builder("a")
            .when("db_connection_errors > 10")
            .forAtLeast(Duration.ofMinutes(5))
            .build();

    assertThat(new RuleAudit(Definitions.builtIn(), windows, false).of(rule))
        .extracting(Finding::toString)
        .containsExactly(
            "INFO rule \"a\", column 1: db_connection_errors is a counter, and is read as"
                + " increase(db_connection_errors[300s]), so the rule waits no further; write"
                + " increase(..), or rate(..), to say what you mean");
  }

  @Test
  void tellsOnceOfABuiltInDefinitionWithoutMeters() {
    assertThat(audit("error_rate > 5%"))
        .containsExactly(
            "WARNING rule \"a\", column 1: error_rate is built in, and none of its meters is there;"
                + " register one of error_rate, errors, api_calls_total, http.server.requests, or"
                + " define it yourself");
    registry.timer("http.server.requests", "outcome", "SUCCESS");
    assertThat(audit("error_rate > 5%")).isEmpty();
  }

  @Test
  void auditsTheRecoveryAsWell() {
    AlertRule rule = AlertRule.builder("a").when("1 > 0").recoverWhen("x < 1").build();

    assertThat(new RuleAudit(Definitions.builtIn(), windows, false).of(rule))
        .extracting(Finding::where)
        .containsExactly("rule \"a\", recover, column 1");
  }

  @Test
  void knowsWhichMetersNeedBucketsAndHowFarBackRulesLook() {
    Definitions definitions = Definitions.builtIn().with("slow", "p99(db.query[10m] offset 1h)");
    List<Expr> trees =
        List.of(
            definitions.resolve(Condition.parse("slow > 1s or rate(x[5m]) > 1")),
            definitions.resolve(Condition.parse("percentile(http[5m], 99%) > 1s")));

    assertThat(MeterUse.percentiles(trees)).containsExactly("db.query", "http");
    assertThat(MeterUse.longest(trees)).isEqualTo(Duration.ofMinutes(70));
  }

  @Test
  void theStandardPackIsSound() {
    registry.gauge("vigil.health.status", List.of(Tag.of("check", "db")), new AtomicInteger());
    RuleAudit audit = new RuleAudit(Definitions.builtIn(), windows, false);

    assertThat(AlertPack.standard()).hasSize(8).doesNotHaveDuplicates();
    assertThat(AlertPack.standard())
        .flatMap(audit::of)
        .allMatch(finding -> finding.severity() == Finding.Severity.WARNING)
        .allMatch(finding -> finding.what().startsWith("there is no meter"));
  }

  private List<String> audit(String condition) {
    return audit(condition, false);
  }

  private List<String> strict(String condition) {
    return audit(condition, true);
  }

  private List<String> audit(String condition, boolean strict) {
    return new RuleAudit(Definitions.builtIn(), windows, strict)
        .of(AlertRule.builder("a").when(condition).build()).stream()
            .map(Finding::toString)
            .toList();
  }
}
