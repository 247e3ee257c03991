package dev.vigil.alerts;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.vigil.alerts.notify.WebhookNotifier;
import dev.vigil.core.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** One replica, which fires and resolves what it is told by its standard input. */
final class FleetMember {

  private FleetMember() {}

  public static void main(String[] args) throws Exception {
    // Standard output is for the test.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(args[0]);
    Map<String, Notifier> channels = Map.of("hook", WebhookNotifier.of(Secret.of(args[1])));
    try (Outbox outbox =
            Outbox.builder(channels, new SimpleMeterRegistry())
                .claim(FleetClaim.jdbc(database))
                .claimTtl(Duration.ofMillis(2_400))
                .build();
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println("ready");
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        Alert alert =
            TestAlerts.alert(
                "rule of " + args[2],
                "incident",
                line.equals("fire") ? AlertState.FIRING : AlertState.RESOLVED);
        outbox.publish("rule of " + args[2], List.of("hook"), List.of(alert));
      }
    }
  }
}
