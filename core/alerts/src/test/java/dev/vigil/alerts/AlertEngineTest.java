package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vigil.alerts.notify.Notifiers;
import dev.vigil.core.Finding;
import dev.vigil.core.Secret;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertEngineTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @RegisterExtension final LeakedThreads threads = new LeakedThreads();

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger load = registry.gauge("load", new AtomicInteger());
  private final BlockingQueue<Notification> told = new ArrayBlockingQueue<>(100);

  @Test
  void goesFromAMeterToAReceiver() throws InterruptedException {
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .channel("pager", told::add)
            .rule(AlertRule.builder("busy").when("load > 80").summary("load is {value}").build())
            .build()) {
      load.set(90);
      assertThat(engine.evaluate(START)).hasSize(1);
      Notification begins = told.poll(10, TimeUnit.SECONDS);
      load.set(10);
      engine.evaluate(START.plusSeconds(15));
      Notification ends = told.poll(10, TimeUnit.SECONDS);

      assertThat(begins.kind()).isEqualTo(Notification.Kind.FIRING);
      assertThat(begins.alerts().get(0).summary()).isEqualTo("load is 90");
      assertThat(ends.kind()).isEqualTo(Notification.Kind.RESOLVED);
      assertThat(ends.alerts().get(0).incident()).isEqualTo(begins.alerts().get(0).incident());
      assertThat(ends.alerts().get(0).endedAt()).isEqualTo(START.plusSeconds(15));
    }
  }

  @Test
  void takesAFile() throws InterruptedException {
    String yaml =
        """
        alerts:
          interval: 30s
          channels: {pager: {type: log}}
          define: {share: load / 100}
          rules:
            - name: busy
              condition: share > 80%
              severity: high
              channels: [pager]
        """;
    AlertsFile file = AlertsFile.parse("alerts.yml", yaml, Map.<String, String>of()::get);

    try (AlertEngine engine = AlertEngine.fromYaml(file, registry, Notifiers::of).build()) {
      load.set(90);
      engine.evaluate(START);

      AlertsView.Rule rule = engine.view().rules().get(0);
      assertThat(rule.state()).isEqualTo(AlertState.FIRING);
      assertThat(rule.channels()).containsExactly("pager");
    }
  }

  @Test
  void saysWhereAChannelsSettingsAreWrong() {
    String yaml = "alerts:\n  channels:\n    slack: {webhok: x}\n";
    AlertsFile file = AlertsFile.parse("alerts.yml", yaml, Map.<String, String>of()::get);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlertEngine.fromYaml(file, registry, Notifiers::of))
        .withMessageMatching("alerts.yml:3.*: channel \"slack\" needs webhook; does not know .*");
  }

  @Test
  void aBareCounterCountsOverTheDurationAndWaitsNoFurther() {
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .rule(
                AlertRule.builder("errors")
                    .when("errors > 10")
                    .forAtLeast(Duration.ofMinutes(5))
                    .build())
            .build()) {
      engine.evaluate(START);
      registry.counter("errors").increment(11);

      engine.evaluate(START.plusSeconds(15));

      assertThat(engine.view().rules().get(0).state()).isEqualTo(AlertState.FIRING);
    }
  }

  @Test
  void refusesAChannelThatThereIsNot() {
    AlertEngine.Builder builder =
        AlertEngine.builder(registry)
            .channel("slack", told::add)
            .rule(AlertRule.builder("busy").when("load > 80").to("slak").build());

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage(
            "rule \"busy\" names channel \"slak\", which there is not; did you mean \"slack\"?");
  }

  @Test
  void refusesAWindowShorterThanTheInterval() {
    AlertEngine.Builder builder =
        AlertEngine.builder(registry)
            .rule(AlertRule.builder("busy").when("avg(load[10s]) > 80").build());

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageStartingWith("rule \"busy\": ");
  }

  @Test
  void refusesTwoRulesOfOneName() {
    AlertRule rule = AlertRule.builder("busy").when("load > 80").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlertEngine.builder(registry).rules(List.of(rule, rule)))
        .withMessage("there are two rules \"busy\"; names must be unique");
  }

  @Test
  void aRefusedReloadChangesNothing() {
    AlertRule rule = AlertRule.builder("busy").when("load > 80").build();
    try (AlertEngine engine = AlertEngine.builder(registry).rule(rule).build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  engine.reload(List.of(AlertRule.builder("b").when("load > 1").to("x").build())));
      engine.evaluate(START);
      assertThat(engine.view().rules()).extracting(AlertsView.Rule::name).containsExactly("busy");

      engine.reload(List.of(AlertRule.builder("other").when("load < 1").build()));
      engine.evaluate(START.plusSeconds(15));
      assertThat(engine.view().rules()).extracting(AlertsView.Rule::name).containsExactly("other");
      assertThat(engine.view().rules().get(0).state()).isEqualTo(AlertState.FIRING);
    }
  }

  @Test
  void findsACriticalRuleThatNobodyWatches() {
    AlertRule rule =
        AlertRule.builder("busy").when("load > 80").severity(Severity.CRITICAL).build();
    AlertEngine.Builder builder =
        AlertEngine.builder(registry).channel("log", told::add).rule(rule);

    try (AlertEngine engine = builder.build()) {
      assertThat(engine.audit())
          .extracting(Finding::toString)
          .containsExactly(
              "WARNING alert rule \"busy\": is critical, and nobody notices when the process that"
                  + " watches it is dead; give the engine a watchdog(..), or alert on Prometheus's"
                  + " up");
    }
    Watchdog watchdog = Watchdog.posting(Secret.of("https://hc-ping.example.test/4f1c"));
    try (AlertEngine engine = builder.watchdog(watchdog).build()) {
      assertThat(engine.audit()).isEmpty();
    }
  }

  @Test
  void measuresTheHeapAsLongAsARuleNeedsIt() {
    AlertEngine engine =
        AlertEngine.builder(registry)
            .rule(AlertRule.builder("memory").when("memory_usage > 80%").build())
            .build();
    assertThat(registry.find("vigil.memory.usage").gauge()).isNotNull();

    engine.close();

    assertThat(registry.find("vigil.memory.usage").gauge()).isNull();
  }

  @Test
  void startsOnceAndIsNotEvaluatedByHandThen() {
    AlertEngine engine = AlertEngine.builder(registry).build().start();

    assertThatIllegalStateException().isThrownBy(engine::start);
    assertThatIllegalStateException().isThrownBy(() -> engine.evaluate(START));
    engine.close();
    assertThatIllegalStateException().isThrownBy(engine::start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploying", "silence"})
  void silencesForAWhile(String how) throws InterruptedException {
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .channel("pager", told::add)
            .rule(AlertRule.builder("busy").when("load > 80").label("team", "shop").build())
            .build()) {
      engine.evaluate(START);
      Duration minutes = Duration.ofMinutes(5);
      Silence silence =
          how.equals("silence")
              ? engine.silence(Map.of("team", "shop"), minutes, "known")
              : engine.deploying(minutes);
      load.set(90);
      engine.evaluate(START.plusSeconds(15));

      assertThat(silence.until()).isEqualTo(START.plus(minutes));
      assertThat(told.poll(50, TimeUnit.MILLISECONDS)).isNull();
      for (int i = 2; i <= 20; i++) {
        engine.evaluate(START.plusSeconds(15L * i));
      }
      assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aGaugeThatHangsPutsItsRulesIntoErrorAndNoOthers() {
    CountDownLatch released = new CountDownLatch(1);
    registry.gauge(
        "hangs",
        released,
        latch -> {
          try {
            latch.await();
          } catch (InterruptedException interrupted) {
            // Some gauges take no hint.
          }
          return 1;
        });
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .interval(Duration.ofMillis(100))
            .rule(AlertRule.builder("stuck").when("hangs > 0").build())
            .rule(AlertRule.builder("busy").when("load > 80").build())
            .build()
            .start()) {
      load.set(90);
      org.awaitility.Awaitility.await()
          .untilAsserted(
              () -> {
                List<AlertsView.Rule> rules = engine.view().rules();
                assertThat(rules.get(0).state()).isEqualTo(AlertState.ERROR);
                assertThat(rules.get(0).problem()).startsWith("meter hangs");
                assertThat(rules.get(1).state()).isEqualTo(AlertState.FIRING);
              });
      long before = engine.view().evaluations();
      org.awaitility.Awaitility.await().until(() -> engine.view().evaluations() > before + 5);
      released.countDown();
      org.awaitility.Awaitility.await()
          .until(() -> engine.view().rules().get(0).state() == AlertState.FIRING);
    }
  }

  @Test
  void theViewIsJson() {
    try (AlertEngine engine =
        AlertEngine.builder(registry)
            .rule(
                AlertRule.builder("busy")
                    .when("load > 80")
                    .recoverWhen("load < 60")
                    .runbook("https://example.test/busy")
                    .summary("load is {value}")
                    .build())
            .build()) {
      load.set(90);
      engine.evaluate(START);
      engine.deploying(Duration.ofMinutes(5));

      assertThat(new String(engine.view().json(), StandardCharsets.UTF_8))
          .startsWith(
              "{\"at\":\"2026-01-01T00:00:00Z\",\"evaluations\":1,\"missed\":0,"
                  + "\"counts\":{\"firing\":1},\"rules\":[{\"name\":\"busy\","
                  + "\"severity\":\"warning\",\"state\":\"firing\","
                  + "\"condition\":\"load > 80, recovers when load < 60\",\"duration\":0.0,"
                  + "\"keepFiringFor\":0.0,\"channels\":[],\"alerts\":[{\"state\":\"firing\","
                  + "\"labels\":{},\"summary\":\"load is 90\","
                  + "\"runbook\":\"https://example.test/busy\",\"value\":90.0,"
                  + "\"activeAt\":\"2026-01-01T00:00:00Z\",\"firedAt\":\"2026-01-01T00:00:00Z\","
                  + "\"incident\":\"")
          .endsWith("\"labels\":{},\"until\":\"2026-01-01T00:05:00Z\",\"reason\":\"deploying\"}]}");
    }
  }
}
