package dev.vigil.spring;

import dev.vigil.alerts.AlertEngine;
import dev.vigil.alerts.AlertEngineBuilder;
import dev.vigil.alerts.AlertListener;
import dev.vigil.alerts.AlertRule;
import dev.vigil.alerts.Watchdog;
import dev.vigil.alerts.notify.LogNotifier;
import dev.vigil.core.ErrorReporter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Alert rules by properties and beans, evaluated from the moment the application is ready. */
@AutoConfiguration(
    after = VigilAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(
    name = {"dev.vigil.alerts.AlertEngine", "io.micrometer.core.instrument.MeterRegistry"})
@ConditionalOnBean(
    value = VigilSettings.class,
    type = "io.micrometer.core.instrument.MeterRegistry")
@ConditionalOnProperty(name = "vigil.alerts.enabled", matchIfMissing = true)
@AskedFor(properties = "vigil.alerts.rules", bean = "dev.vigil.alerts.AlertRule")
final class AlertsAutoConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  AlertEngine vigilAlerts(
      VigilSettings settings,
      MeterRegistry meters,
      ObjectProvider<AlertRule> rules,
      ObjectProvider<AlertListener> listeners,
      ObjectProvider<ErrorReporter> reporter) {
    AlertsProperties properties = settings.properties().alerts();
    Boolean told = properties.realTime();
    boolean realTime = told == null ? settings.profile().realTimeAlerts() : told;
    AlertEngineBuilder engine =
        AlertEngine.builder(meters)
            .interval(properties.interval())
            .repeatEvery(properties.repeatEvery());
    properties
        .channels()
        .forEach(
            (name, channel) ->
                engine.channel(
                    name, realTime ? AlertRules.notifier(name, channel) : LogNotifier.create()));
    properties.rules().forEach((name, rule) -> engine.rule(AlertRules.rule(name, rule)));
    rules.orderedStream().forEach(engine::rule);
    listeners.orderedStream().forEach(engine::listener);
    reporter.ifUnique(engine::errorReporter);
    if (properties.stateFile() != null) {
      engine.stateFile(Path.of(properties.stateFile()));
    }
    if (properties.watchdog() != null && realTime) {
      engine.watchdog(Watchdog.posting(properties.watchdog()));
    }
    return engine.build();
  }

  /** Not before: a rule over requests has nothing to see, and a start may take long. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> vigilAlertsStart(AlertEngine engine) {
    return ready -> engine.start();
  }
}
