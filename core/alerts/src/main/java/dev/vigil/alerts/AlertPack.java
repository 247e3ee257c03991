package dev.vigil.alerts;

import java.time.Duration;
import java.util.List;

/**
 * Rules over what Vigil's own modules publish: whoever uses a module has its rules at hand.
 *
 * <p>A rule whose meters there are not does nothing. Each can be left out or rebuilt by its name.
 */
public final class AlertPack {

  private static final List<AlertRule> STANDARD =
      List.of(
          AlertRule.builder("check-unhealthy")
              .when("vigil.health.status >= 2")
              .forAtLeast(Duration.ofMinutes(1))
              .severity(Severity.CRITICAL)
              .summary("health check {check} is unhealthy")
              .build(),
          AlertRule.builder("check-degraded")
              .when("vigil.health.status == 1")
              .forAtLeast(Duration.ofMinutes(30))
              .severity(Severity.WARNING)
              .summary("health check {check} has been degraded for half an hour")
              .build(),
          AlertRule.builder("health-drill")
              .when("vigil.health.drill > 0")
              .severity(Severity.INFO)
              .summary("DRILL: health check {check} says what it was told to say")
              .build(),
          AlertRule.builder("certificate-ends")
              .when("vigil.certificate.days < 14")
              .severity(Severity.WARNING)
              .summary("the certificate of {host} ends in {value} days")
              .build(),
          AlertRule.builder("heartbeat-missing")
              .when("vigil.health.status{check=~\"(?i).*(heartbeat|backup).*\"} >= 2")
              .severity(Severity.HIGH)
              .summary("{check} has not reported within its period")
              .build(),
          AlertRule.builder("limiter-in-fallback")
              .when("vigil.ratelimit.available < 1")
              .forAtLeast(Duration.ofMinutes(1))
              .severity(Severity.WARNING)
              .summary("rate limiter {limiter} counts in each instance alone; its store is away")
              .build(),
          AlertRule.builder("log-lines-dropped")
              .when("increase(vigil.log.dropped[5m]) > 0")
              .severity(Severity.WARNING)
              .summary("{value} log lines of level {level} were dropped in 5 minutes")
              .build(),
          AlertRule.builder("notifier-failing")
              .when("vigil.alerts.channel.failing > 0")
              .forAtLeast(Duration.ofMinutes(1))
              .severity(Severity.HIGH)
              .summary("alerts do not arrive by channel {channel}")
              .build());

  private AlertPack() {}

  /**
   * Eight rules, for all channels.
   *
   * <table>
   * <caption>Rules</caption>
   * <tr><th>name</th><th>fires when</th><th>severity</th></tr>
   * <tr><td>check-unhealthy</td><td>a check has been unhealthy for 1 m</td><td>critical</td></tr>
   * <tr><td>check-degraded</td><td>a check has been degraded for 30 m</td><td>warning</td></tr>
   * <tr><td>health-drill</td><td>a drill is under way, so that nobody takes the others for
   *     real</td><td>info</td></tr>
   * <tr><td>certificate-ends</td><td>in less than 14 days</td><td>warning</td></tr>
   * <tr><td>heartbeat-missing</td><td>a check is unhealthy whose name has {@code heartbeat} or
   *     {@code backup} in it; at once, since its period has passed already</td><td>high</td></tr>
   * <tr><td>limiter-in-fallback</td><td>a limiter's store has been away for 1 m</td>
   *     <td>warning</td></tr>
   * <tr><td>log-lines-dropped</td><td>any in the last 5 m</td><td>warning</td></tr>
   * <tr><td>notifier-failing</td><td>a channel has not delivered for 1 m</td><td>high</td></tr>
   * </table>
   */
  public static List<AlertRule> standard() {
    return STANDARD;
  }
}
