package dev.vigil.spring;

import dev.vigil.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.alerts.*}; with vigil-alerts on the class path and a MeterRegistry.
 *
 * @param enabled Whether rules are evaluated, provided that there are rules.
 * @param rules Rules by name.
 * @param channels Channels by name.
 * @param realTime Whether channels are told. By default in production; elsewhere the log is told in
 *     their place.
 * @param interval How often rules are evaluated.
 * @param repeatEvery After which time channels are told again of what still fires.
 * @param stateFile Keeps states over a restart. By default nothing does.
 * @param watchdog An address to be told, at every interval, that alerts work.
 */
record AlertsProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue Map<String, RuleProperties> rules,
    @DefaultValue Map<String, ChannelProperties> channels,
    @Nullable Boolean realTime,
    @Within(least = "1s", most = "1h") @DefaultValue("15s") Duration interval,
    @Within(least = "1m", most = "7d") @DefaultValue("4h") Duration repeatEvery,
    @Nullable String stateFile,
    @Nullable Secret watchdog) {

  enum Severity {
    INFO,
    WARNING,
    HIGH,
    CRITICAL
  }

  /**
   * A rule.
   *
   * @param when The condition, for example "error_rate > 5%"; required.
   * @param recoverWhen The condition under which it is over. By default that it holds no more.
   * @param forAtLeast How long the condition must hold before it fires.
   * @param keepFiringFor How long it must hold no more before it is over.
   * @param severity How urgent it is.
   * @param channels Who is told: names of channels.
   * @param labels Labels of its alerts.
   * @param summary A sentence for people, with {value} and {label} in it. By default made from the
   *     condition.
   * @param runbook The address of what to do.
   */
  record RuleProperties(
      @Nullable String when,
      @Nullable String recoverWhen,
      @Within(least = "0s", most = "7d") @DefaultValue("0s") Duration forAtLeast,
      @Within(least = "0s", most = "7d") @DefaultValue("0s") Duration keepFiringFor,
      @DefaultValue("warning") Severity severity,
      @DefaultValue List<String> channels,
      @DefaultValue Map<String, String> labels,
      @Nullable String summary,
      @Nullable String runbook) {}

  /**
   * A channel; which settings it takes depends on its type.
   *
   * @param type One of slack, pagerduty, email, webhook, alertmanager, log. By default the
   *     channel's name.
   * @param webhook slack: the address to post to.
   * @param routingKey pagerduty: the integration's key.
   * @param endpoint pagerduty: another endpoint than PagerDuty's own.
   * @param to email: the receivers.
   * @param from email: the sender.
   * @param host email: the SMTP server.
   * @param port email: its port.
   * @param user email: who signs in there.
   * @param password email: with what.
   * @param tls email: starttls, implicit or none.
   * @param url webhook, alertmanager: the address to post to.
   * @param secret webhook: what posts are signed with.
   */
  record ChannelProperties(
      @Nullable String type,
      @Nullable Secret webhook,
      @Nullable Secret routingKey,
      @Nullable String endpoint,
      @DefaultValue List<String> to,
      @Nullable String from,
      @Nullable String host,
      @Within(least = "1", most = "65535") @Nullable Integer port,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable String tls,
      @Nullable Secret url,
      @Nullable Secret secret) {}
}
