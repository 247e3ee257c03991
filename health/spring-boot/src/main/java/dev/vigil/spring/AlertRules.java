package dev.vigil.spring;

import dev.vigil.alerts.AlertRule;
import dev.vigil.alerts.AlertRuleBuilder;
import dev.vigil.alerts.Notifier;
import dev.vigil.alerts.Severity;
import dev.vigil.alerts.notify.Notifiers;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.NearestName;
import dev.vigil.spring.AlertsProperties.ChannelProperties;
import dev.vigil.spring.AlertsProperties.RuleProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules and channels out of {@code vigil.alerts.*}. */
final class AlertRules {

  private static final String PREFIX = "vigil.alerts";

  private AlertRules() {}

  static void check(AlertsProperties properties, PropertyFaults faults) {
    properties.rules().forEach((name, rule) -> check(name, rule, properties, faults));
    properties
        .channels()
        .forEach(
            (name, channel) ->
                faults.check(PREFIX + ".channels." + name, () -> checkChannel(name, channel)));
  }

  private static void checkChannel(String name, ChannelProperties channel) {
    try (Notifier ignored = notifier(name, channel)) {
      Objects.requireNonNull(ignored);
    } catch (RuntimeException fault) {
      throw fault;
    } catch (Exception notClosed) {
      // It exists, which is all that was asked.
    }
  }

  private static void check(
      String name, RuleProperties rule, AlertsProperties properties, PropertyFaults faults) {
    String property = PREFIX + ".rules." + name;
    if (rule.when() == null) {
      faults.add(
          property + ".when", "is missing; allowed is a condition such as error_rate > 5%", null);
    } else {
      faults.check(property, () -> rule(name, rule));
    }
    for (String channel : rule.channels()) {
      if (!properties.channels().containsKey(channel)) {
        String near =
            NearestName.of(channel, properties.channels().keySet())
                .map(it -> "; did you mean " + it + "?")
                .orElse("; there are " + properties.channels().keySet());
        faults.add(
            property + ".channels",
            "names \"" + channel + "\", a channel that there is not" + near,
            null);
      }
    }
  }

  static AlertRule rule(String name, RuleProperties rule) {
    AlertRuleBuilder builder =
        AlertRule.builder(name)
            .when(Objects.requireNonNull(rule.when()))
            .forAtLeast(rule.forAtLeast())
            .keepFiringFor(rule.keepFiringFor())
            .severity(Severity.valueOf(rule.severity().name()))
            .to(rule.channels().toArray(String[]::new));
    if (rule.recoverWhen() != null) {
      builder.recoverWhen(rule.recoverWhen());
    }
    if (rule.summary() != null) {
      builder.summary(rule.summary());
    }
    if (rule.runbook() != null) {
      builder.runbook(rule.runbook());
    }
    rule.labels().forEach(builder::label);
    return builder.build();
  }

  static Notifier notifier(String name, ChannelProperties channel) {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "type", channel.type());
    put(settings, "webhook", channel.webhook());
    put(settings, "routingKey", channel.routingKey());
    put(settings, "endpoint", channel.endpoint());
    put(settings, "to", channel.to().isEmpty() ? null : String.join(",", channel.to()));
    put(settings, "from", channel.from());
    put(settings, "host", channel.host());
    put(settings, "port", channel.port());
    put(settings, "user", channel.user());
    put(settings, "password", channel.password());
    put(settings, "tls", channel.tls());
    put(settings, "url", channel.url());
    put(settings, "secret", channel.secret());
    return Notifiers.of(name, settings);
  }

  private static void put(Map<String, String> settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.put(name, value instanceof Secret secret ? secret.reveal() : value.toString());
    }
  }
}
