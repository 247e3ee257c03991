package dev.vigil.health;

import static dev.vigil.health.HealthStatus.DEGRADED;
import static dev.vigil.health.HealthStatus.HEALTHY;
import static dev.vigil.health.HealthStatus.UNHEALTHY;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakedThreads.class)
class HealthRegistryTest {

  private final FakeTime time = new FakeTime();
  private final HealthRegistryBuilder builder =
      HealthRegistry.builder().time(time, time).chance(() -> 0.5);
  private HealthRegistry health;

  @AfterEach
  void close() {
    if (health != null) {
      health.close();
    }
  }

  private HealthRegistry build() {
    health = builder.build();
    return health;
  }

  // Judgement

  @Test
  void isHealthyWithoutChecks() {
    assertThat(build().check().status()).isEqualTo(HEALTHY);
    assertThat(health.check().checks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, HEALTHY, HEALTHY",
    "HEALTHY, DEGRADED, DEGRADED",
    "DEGRADED, UNHEALTHY, UNHEALTHY",
    "UNHEALTHY, HEALTHY, UNHEALTHY"
  })
  void theWorstCheckDecides(HealthStatus one, HealthStatus other, HealthStatus whole) {
    builder.check("one", context -> HealthResult.of(one, "1"));
    builder.check("other", context -> HealthResult.of(other, "2"));

    assertThat(build().check().status()).isEqualTo(whole);
    assertThat(health.check().checks()).containsOnlyKeys("one", "other");
  }

  @Test
  void aCheckThatIsNotCriticalDegradesAtMost() {
    builder.check("stripe", context -> HealthResult.unhealthy("gone"), c -> c.notCritical());

    assertThat(build().check().status()).isEqualTo(DEGRADED);
    assertThat(health.check().checks().get("stripe").status()).isEqualTo(UNHEALTHY);
  }

  @Test
  void anInformationalCheckChangesNothing() {
    builder.check("info", context -> HealthResult.unhealthy("gone"), c -> c.informational());

    assertThat(build().check().status()).isEqualTo(HEALTHY);
  }

  @Test
  void failuresHaveDistinctMessages() {
    builder.check(
        "throws",
        context -> {
          throw new IllegalStateException("secret text");
        });
    builder.check(
        "errs",
        context -> {
          throw new StackOverflowError();
        });
    builder.check("null", context -> null);

    HealthReport report = build().check();

    assertThat(report.status()).isEqualTo(UNHEALTHY);
    assertThat(report.checks().get("throws").message())
        .contains("the check threw java.lang.IllegalStateException");
    assertThat(report.checks().get("throws").errorId()).get().asString().hasSize(8);
    assertThat(report.checks().get("errs").message())
        .contains("the check threw java.lang.StackOverflowError");
    assertThat(report.checks().get("null").message())
        .contains("the check returned null instead of a result");
    assertThat(report.checks().get("null").errorId()).isEmpty();
  }

  @Test
  void theErrorIdStaysWhileTheSameKindOfFailureGoesOn() {
    builder.check(
        "throws",
        context -> {
          throw new IllegalStateException("at " + time.instant());
        });
    String first = build().check().checks().get("throws").errorId().orElseThrow();

    time.advance(ofSeconds(2));

    assertThat(health.check().checks().get("throws").errorId()).contains(first);
    assertThat(health.check().checks().get("throws").consecutiveFailures()).isEqualTo(2);
  }

  // Names

  @Test
  void refusesANameThatIsTaken() {
    builder.check("database", context -> HealthResult.healthy());

    assertThatThrownBy(() -> builder.check("database", context -> HealthResult.healthy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("check \"database\" is already registered; names must be unique");
    assertThatThrownBy(() -> builder.check("lifecycle", context -> HealthResult.healthy()))
        .hasMessage("check \"lifecycle\" is built in; choose another name");
    assertThatThrownBy(() -> build().register("database", context -> HealthResult.healthy()))
        .hasMessage("check \"database\" is already registered; names must be unique");
  }

  @Test
  void registersAndUnregistersAtRunTime() {
    build();
    health.register("late", context -> HealthResult.degraded("new"));
    assertThat(health.check().status()).isEqualTo(DEGRADED);

    assertThat(health.unregister("late")).isTrue();

    assertThat(health.unregister("late")).isFalse();
    assertThat(health.check().status()).isEqualTo(HEALTHY);
    assertThat(health.names()).isEmpty();
  }

  // Freshness

  @Test
  void runsOncePerFreshnessWindowAndHandsOutTheSameReport() {
    Puppet puppet = new Puppet();
    builder.check("puppet", puppet, c -> c.cacheFor(ofSeconds(1)));
    HealthReport first = build().check();

    time.advance(ofMillis(999));
    assertThat(health.check()).isSameAs(first);
    assertThat(puppet.runs()).isOne();

    time.advance(ofMillis(1));
    assertThat(health.check()).isNotSameAs(first);
    assertThat(puppet.runs()).isEqualTo(2);
  }

  @Test
  void runsForEveryoneWhoAsksWithoutAWindow() {
    Puppet puppet = new Puppet();
    builder.check("puppet", puppet, c -> c.cacheFor(ofMillis(0)).inline());
    build();

    health.check();
    health.check();

    assertThat(puppet.runs()).isEqualTo(2);
  }

  @Test
  void callersShareARunInProgress() throws Exception {
    Puppet puppet = new Puppet().hangs();
    builder.check("puppet", puppet);
    build();
    CompletableFuture<HealthReport> one = Meeting.elsewhere(health::check);
    puppet.awaitEntered();
    CompletableFuture<HealthReport> other = Meeting.elsewhere(health::check);
    CompletableFuture<HealthReport> async = health.checkAsync();
    Meeting.until(() -> time.waiting() >= 3); // timer, worker's neighbours, both callers

    puppet.release();

    assertThat(Meeting.join(one).status()).isEqualTo(HEALTHY);
    assertThat(Meeting.join(other).status()).isEqualTo(HEALTHY);
    assertThat(Meeting.join(async).status()).isEqualTo(HEALTHY);
    assertThat(puppet.runs()).isOne();
  }

  @Test
  void aScheduledCheckRunsByItself() {
    Puppet puppet = new Puppet();
    builder.check("stripe", puppet, c -> c.every(ofSeconds(30)));
    build();
    Meeting.until(() -> puppet.runs() == 1);
    Meeting.until(() -> !health.check().checks().get("stripe").pending());

    Meeting.advanceUntil(time, ofSeconds(1), () -> puppet.runs() == 2);

    assertThat(time.read()).isGreaterThanOrEqualTo(ofSeconds(30).toNanos());
    assertThat(health.check().status()).isEqualTo(HEALTHY);
    assertThat(puppet.runs()).isEqualTo(2);
  }

  @Test
  void whoeverAsksBeforeTheFirstScheduledResultWaitsForIt() throws Exception {
    Puppet puppet = new Puppet().hangs();
    builder.check("stripe", puppet, c -> c.every(ofSeconds(30)));
    build();
    puppet.awaitEntered();
    CompletableFuture<HealthReport> asked = Meeting.elsewhere(health::check);
    Meeting.until(() -> time.waiting() >= 2);

    puppet.release();

    assertThat(Meeting.join(asked).checks().get("stripe").status()).isEqualTo(HEALTHY);
  }

  @Test
  void anInitialDelayLeavesTheCheckPending() {
    Puppet puppet = new Puppet();
    builder.check("stripe", puppet, c -> c.every(ofSeconds(30)).initialDelay(ofSeconds(10)));

    HealthReport report = build().check();

    assertThat(report.status()).isEqualTo(UNHEALTHY);
    assertThat(report.checks().get("stripe").pending()).isTrue();
    assertThat(report.checks().get("stripe").message()).contains("no result yet");
    Meeting.advanceUntil(time, ofSeconds(1), () -> puppet.runs() == 1);
    assertThat(time.read()).isGreaterThanOrEqualTo(ofSeconds(10).toNanos());
  }

  @Test
  void aResultThatIsTooOldIsAFailure() {
    Puppet puppet = new Puppet();
    builder.check(
        "stripe",
        puppet,
        c -> c.every(ofSeconds(30)).timeout(ofSeconds(600)).staleAfter(ofSeconds(90)));
    build();
    Meeting.until(() -> !health.check().checks().get("stripe").pending());
    puppet.hangs();
    Meeting.advanceUntil(time, ofSeconds(1), () -> puppet.runs() == 2);

    assertThat(health.check().status()).isEqualTo(HEALTHY);

    time.advance(ofSeconds(90));

    CheckReport stripe = health.check().checks().get("stripe");
    assertThat(stripe.status()).isEqualTo(UNHEALTHY);
    assertThat(stripe.stale()).isTrue();
    assertThat(stripe.message()).get().asString().matches("the last result is 1\\d\\d s old");
    puppet.release();
  }

  // Depending on each other

  @Test
  void aCheckIsNotRunWhileTheOneAboveItIsUnhealthy() {
    Puppet database = new Puppet();
    Puppet migrations = new Puppet();
    database.fails();
    builder.check("migrations", migrations, c -> c.dependsOn("database").cacheFor(ofMillis(0)));
    builder.check("database", database, c -> c.cacheFor(ofMillis(0)));

    CheckReport skipped = build().check().checks().get("migrations");

    assertThat(skipped.status()).isEqualTo(UNHEALTHY);
    assertThat(skipped.skippedBecause()).contains("\"database\" is unhealthy");
    assertThat(skipped.consecutiveFailures()).isZero();
    assertThat(migrations.runs()).isZero();

    database.recovers();

    CheckReport run = health.check().checks().get("migrations");
    assertThat(run.status()).isEqualTo(HEALTHY);
    assertThat(run.skippedBecause()).isEmpty();
    assertThat(migrations.runs()).isOne();
  }

  @Test
  void aGroupOfTheChildAloneStillLooksAtTheParent() {
    Puppet database = new Puppet();
    Puppet migrations = new Puppet();
    HealthGroup group = HealthGroup.of("deploy");
    database.fails();
    builder.check("database", database);
    builder.check("migrations", migrations, c -> c.dependsOn("database").group(group));

    HealthReport report = build().check(group);
    assertThat(report.checks()).containsOnlyKeys("migrations");
    assertThat(report.status()).isEqualTo(UNHEALTHY);

    database.recovers();
    time.advance(ofSeconds(2));
    assertThat(health.check(group).status()).isEqualTo(HEALTHY);
  }

  @Test
  void refusesCirclesAndUnknownParents() {
    builder.check("a", context -> HealthResult.healthy(), c -> c.dependsOn("b"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("check \"a\" depends on \"b\", which is not registered; registered are [a]");

    builder.check("b", context -> HealthResult.healthy(), c -> c.dependsOn("c"));
    builder.check("c", context -> HealthResult.healthy(), c -> c.dependsOn("a"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("checks depend on each other in a circle: a -> b -> c -> a");
  }

  @Test
  void refusesToUnregisterWhatOthersDependOn() {
    builder.check("database", context -> HealthResult.healthy());
    builder.check("child", context -> HealthResult.healthy(), c -> c.dependsOn("database"));

    assertThatThrownBy(() -> build().unregister("database"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("check \"child\" depends on \"database\"; unregister it first");
  }

  // Selecting

  @Test
  void aQueryRunsWhatItSelectsAndNothingElse() {
    Puppet one = new Puppet();
    Puppet other = new Puppet();
    builder.check("one", one, c -> c.tags("db", "x"));
    builder.check("other", other, c -> c.tags("web"));

    HealthReport report = build().check(HealthQuery.all().tagged("db"));

    assertThat(report.checks()).containsOnlyKeys("one");
    assertThat(other.runs()).isZero();
    assertThat(health.check(HealthQuery.all().excluding("one")).checks()).containsOnlyKeys("other");
    assertThat(health.check(HealthQuery.all().only("other")).checks()).containsOnlyKeys("other");
    assertThat(health.tags()).containsExactly("db", "x", "web");
  }

  @Test
  void aQueryForWhatThereIsNotIsRefused() {
    builder.check("one", context -> HealthResult.healthy());
    build();

    assertThatThrownBy(() -> health.check(HealthQuery.all().only("two")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no check has that name; registered are [one]");
    assertThatThrownBy(() -> health.check(HealthGroup.of("none")))
        .hasMessage("no check is in group \"none\"; known are [liveness, readiness, startup]");
  }

  // Findings

  @Test
  void aDependencyInLivenessIsAFinding() {
    builder.check("db", new Puppet().remotely(), c -> c.group(HealthGroup.LIVENESS));
    builder.check("own", new Puppet(), c -> c.group(HealthGroup.LIVENESS));

    assertThat(build().audit())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.where()).isEqualTo("check \"db\"");
              assertThat(finding.what()).contains("liveness");
            });
  }
}
