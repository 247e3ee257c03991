package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsFileTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SLACK_WEBHOOK", "https://hooks.example.test/planted-7731",
          "PD_KEY", "planted-9912: {not, yaml",
          "BLANK", " ");

  private static final String WHOLE =
      """
      alerts:
        interval: 15s
        channels: { slack: {webhook: ${SLACK_WEBHOOK}}, pagerduty: {routingKey: ${PD_KEY}}, email: {to: [ops@example.test, b@example.test]} }
        define:
          orders: rate(orders[5m]) * 60
          slow: p95(http.server.requests[5m])
        rules:
          - name: high-error-rate
            condition: error_rate > 5%
            recover: error_rate < 3%          # optional
            duration: 5m
            keepFiringFor: 2m
            severity: critical
            channels: [slack, email, pagerduty]
            missing: keep
            labels: {team: shop}
            summary: "error rate {value|%} on {service}"
            runbook: https://example.test/runbooks/errors
      """;

  @Test
  void readsEverythingThatItSays() {
    AlertsFile file = parse(WHOLE.replace("orders: rate(orders[5m])", "busy: rate(orders[5m])"));

    assertThat(file.interval()).contains(Duration.ofSeconds(15));
    assertThat(file.channels()).containsOnlyKeys("slack", "pagerduty", "email");
    assertThat(file.channels().get("email").texts("to"))
        .containsExactly("ops@example.test", "b@example.test");
    assertThat(file.definitions().names()).contains("busy", "slow", "error_rate");
    AlertRule rule = file.rules().get(0);
    assertThat(rule.condition()).hasToString("error_rate > 5%");
    assertThat(rule.recover()).contains(Condition.parse("error_rate < 3%"));
    assertThat(rule.duration()).isEqualTo(Duration.ofMinutes(5));
    assertThat(rule.keepFiringFor()).isEqualTo(Duration.ofMinutes(2));
    assertThat(rule.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(rule.channels()).containsExactly("slack", "email", "pagerduty");
    assertThat(rule.missing()).isEqualTo(MissingPolicy.KEEP);
    assertThat(rule.labels()).containsExactly(Map.entry("team", "shop"));
    assertThat(rule.template().of(Map.of("service", "shop"), 0.064))
        .isEqualTo("error rate 6.4% on shop");
    assertThat(rule.runbook()).contains("https://example.test/runbooks/errors");
  }

  @Test
  void readsTheGuidesFourRules() {
    AlertsFile file =
        parse(
            """
            alerts:
              - name: High Error Rate
                condition: error_rate > 5%
                duration: 5m
                severity: critical
                channels: [slack, email, pagerduty]
              - name: Slow Response Time
                condition: avg_response_time > 2s
                duration: 10m
                severity: warning
                channels: [slack]
              - name: High Memory Usage
                condition: memory_usage > 80%
                duration: 15m
                severity: warning
                channels: [slack, email]
              - name: Database Connection Issues
                condition: db_connection_errors > 10
                duration: 5m
                severity: critical
                channels: [slack, email, pagerduty]
            """);

    assertThat(file.rules())
        .extracting(AlertRule::toString)
        .containsExactly(
            "High Error Rate: error_rate > 5%",
            "Slow Response Time: avg_response_time > 2s",
            "High Memory Usage: memory_usage > 80%",
            "Database Connection Issues: db_connection_errors > 10");
    assertThat(file.rules().get(3).channels()).containsExactly("slack", "email", "pagerduty");
  }

  @Test
  void keepsSecretsToThemselves() {
    ChannelSettings slack =
        parse("alerts: {channels: {slack: {webhook: ${SLACK_WEBHOOK}}}}").channels().get("slack");

    assertThat(slack.secret("webhook"))
        .hasValueSatisfying(
            secret ->
                assertThat(secret.reveal()).isEqualTo("https://hooks.example.test/planted-7731"));
    assertThat(slack.type()).isEqualTo("slack");
    assertThat(slack.toString()).isEqualTo("slack[webhook]");
  }

  @Test
  void aVariableCannotChangeTheFilesStructure() {
    AlertsFile file = parse("alerts: {channels: {pagerduty: {routingKey: ${PD_KEY}}}}");

    assertThat(file.channels().get("pagerduty").text("routingKey"))
        .contains("planted-9912: {not, yaml");
  }

  @Test
  void fillsInDefaults() {
    AlertsFile file =
        parse(
            """
            alerts:
              interval: ${INTERVAL:30s}
              channels:
                web: {url: "${NO_URL:https://example.test:8443/a}/${BLANK:b}"}
            """);

    assertThat(file.interval()).contains(Duration.ofSeconds(30));
    assertThat(file.channels().get("web").text("url")).contains("https://example.test:8443/a/b");
  }

  @Test
  void namesEveryPlaceholderThatIsNotSet() {
    assertThat(faults("alerts: {channels: {a: {url: ${MISSING_URL}, key: ${BLANK}}}}"))
        .containsExactly(
            "alerts.yml:1:29: MISSING_URL is not set; set it, or give a default as in"
                + " ${MISSING_URL:default}",
            "alerts.yml:1:50: BLANK is not set; set it, or give a default as in ${BLANK:default}");
  }

  @Test
  void tellsAllFaultsAtOnceWithTheirPlaces() {
    assertThat(
            faults(
                """
                alerts:
                  interval: often
                  chanels: {}
                  define:
                    5xx: rate(x[1m])
                    bad: rate(x)
                  rules:
                    - name: a
                      condition: rate(x[5m]) > 5 percent
                      severity: fatal
                      for: 5m
                    - condition: x > 1
                    - name: b
                    - just a text
                    - name: c
                      condition: x > 1
                      duration: soon
                      duration: 5m
                      channels: {slack: yes}
                      runbook: see the wiki
                      summary: "{value|%"
                """))
        .containsExactly(
            "alerts.yml:18:7: 'duration' is set twice, first in line 17",
            "alerts.yml:3:3: unknown key 'chanels' in 'alerts'; did you mean channels?",
            "alerts.yml:2:13: 'interval' must be a duration such as 30s, 5m or 1h but was 'often'",
            "alerts.yml:5:5: a definition's name must be a letter, then letters, digits, '_', '.'"
                + " or ':', at most 100 in all, and no word of the grammar, but was \"5xx\"",
            """
            alerts.yml:6, definition "bad", column 6
              rate(x)
                   ^ rate() needs a window, such as rate(x[5m])""",
            "alerts.yml:11:7: unknown key 'for' in a rule; did you mean duration?",
            """
            alerts.yml:9, rule a, column 17
              rate(x[5m]) > 5 percent
                              ^ expected 'and', 'or' or end of rule, found 'percent'; did you mean 5%?""",
            "alerts.yml:10:17: 'severity' must be one of info, warning, high, critical, medium, low"
                + " but was 'fatal'",
            "alerts.yml:12:7: a rule needs a name",
            "alerts.yml:13:7: rule 'b' needs a condition",
            "alerts.yml:14:7: a rule must be a mapping but is a single value",
            "alerts.yml:17:17: 'duration' must be a duration such as 30s, 5m or 1h but was 'soon'",
            "alerts.yml:19:17: 'channels' must be a single value but is a mapping",
            "alerts.yml:21:16: rule \"c\": summary has a '{' at column 1 that is not closed",
            "alerts.yml:20:16: rule \"c\": runbook must be an absolute http or https address but was"
                + " \"see the wiki\"");
  }

  @Test
  void refusesTwoRulesOfOneName() {
    assertThat(
            faults(
                """
                alerts:
                  rules:
                    - {name: a, condition: x > 1}
                    - {name: a, condition: x > 2}
                """))
        .containsExactly("alerts.yml:4:7: rule 'a' is there already, in line 3; rename one");
  }

  @Test
  void refusesDefinitionsThatGoInACircle() {
    assertThat(faults("alerts: {define: {a: b * 2, b: a / 2}}").get(0))
        .contains("definitions go in a circle: a -> b -> a");
  }

  @Test
  void showsNoValueOfAVariable() {
    Map<String, String> variables = Map.of("SECRET", "planted 4471 {");

    InvalidAlertsException invalid =
        catchThrowableOfType(
            InvalidAlertsException.class,
            () ->
                AlertsFile.parse(
                    "alerts.yml",
                    """
                    alerts:
                      interval: ${SECRET}
                      define: {a: "${SECRET}"}
                      rules:
                        - name: a
                          condition: ${SECRET}
                          severity: ${SECRET}
                          summary: ${SECRET}
                          runbook: ${SECRET}
                    """,
                    variables::get));

    assertThat(invalid.faults()).hasSize(6);
    assertThat(invalid).message().doesNotContain("planted", "4471");
  }

  @Test
  void aFaultInTheYamlQuotesNothingOfTheFile() {
    assertThat(faults("alerts:\n  channels: {slack: {webhook: planted-1: [}\n"))
        .allSatisfy(fault -> assertThat(fault).startsWith("alerts.yml:").doesNotContain("planted"));
  }

  @Test
  void followsNoAliasesHoweverManyThereAre() {
    StringBuilder bomb = new StringBuilder("alerts:\n  a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(faults(bomb.toString()))
        .contains("alerts.yml:3:12: aliases are not followed; write the value here");
  }

  @Test
  void refusesNestingThatNoFileNeeds() {
    assertThat(faults("alerts: " + "[".repeat(3_000)))
        .containsExactly("alerts.yml:1:19: nested more than 10 levels deep");
  }

  @Test
  void refusesFilesThatAreTooLarge(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.yml");
    Files.write(file, ("# " + "x".repeat(10 << 20)).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> AlertsFile.read(file))
        .isInstanceOf(InvalidAlertsException.class)
        .hasMessage("large.yml must be at most 1048576 bytes but is larger");
  }

  @Test
  void refusesFilesThatAreNoUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin.yml");
    Files.write(file, "alerts: {} # gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> AlertsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("latin.yml must be UTF-8 and is not");
  }

  @Test
  void saysSoWhereThereIsNothing() {
    assertThat(faults("")).containsExactly("alerts.yml:1:1: the file is empty");
    assertThat(faults("alert: {}"))
        .containsExactly(
            "alerts.yml:1:1: unknown key 'alert' in the file; did you mean alerts?",
            "alerts.yml:1:1: there is no 'alerts:'; everything of alerts stands below it");
    assertThat(faults("alerts: {}\n---\nalerts: {}"))
        .containsExactly("alerts.yml:3:1: a second document; one file holds one");
  }

  private static AlertsFile parse(String text) {
    return AlertsFile.parse("alerts.yml", text, ENVIRONMENT::get);
  }

  private static List<String> faults(String text) {
    InvalidAlertsException invalid =
        catchThrowableOfType(InvalidAlertsException.class, () -> parse(text));
    return invalid.faults();
  }
}
