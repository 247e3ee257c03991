package dev.vigil.alerts;

import static dev.vigil.alerts.TestAlerts.firing;
import static dev.vigil.alerts.TestAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replicas that share a memory, on one clock. */
@ExtendWith(LeakedThreads.class)
class OutboxFleetTest {

  private final FakeTime time = new FakeTime();
  private final Map<String, String> memory = new HashMap<>();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Outbox> opened = new ArrayList<>();
  private volatile boolean away;

  @AfterEach
  void close() {
    opened.forEach(Outbox::close);
  }

  @Test
  void tellsOnceForTheFleetAndEndsWithTheLast() {
    Outbox a = replica("a", Duration.ofHours(4));
    Outbox b = replica("b", Duration.ofHours(4));

    publish(a, firing("x"));
    awaitTold("a FIRING");
    publish(b, firing("x"));
    settle(b);
    publish(a, resolved("x"));
    settle(a);
    publish(b, resolved("x"));

    awaitTold("a FIRING", "b RESOLVED");
    settle(a);
    settle(b);
    assertThat(memory).isEmpty();
  }

  @Test
  void endsWhatADeadReplicaToldWhenItsClaimHasRunOut() {
    Outbox dead = replica("dead", Duration.ofHours(4));
    Outbox b = replica("b", Duration.ofHours(4));
    publish(dead, firing("x"));
    awaitTold("dead FIRING");
    publish(b, firing("x"));
    settle(b);
    dead.close(); // without a word to the others
    publish(b, resolved("x"));
    settle(b);

    pass(Duration.ofMinutes(4));
    awaitTold("dead FIRING", "b RESOLVED");
  }

  @Test
  void repeatsOnceForTheFleet() {
    Outbox a = replica("a", Duration.ofMinutes(10));
    Outbox b = replica("b", Duration.ofMinutes(10));
    publish(a, firing("x"));
    awaitTold("a FIRING");
    publish(b, firing("x"));
    settle(b);

    pass(Duration.ofMinutes(11));
    await().until(() -> told.size() == 2);
    pass(Duration.ofMinutes(5));
    assertThat(told).hasSize(2).allMatch(each -> each.endsWith("FIRING"));
  }

  @Test
  void hasEveryoneTellWhereTheMemoryIsAway() {
    away = true;
    Outbox a = replica("a", Duration.ofHours(4));
    Outbox b = replica("b", Duration.ofHours(4));

    publish(a, firing("x"));
    awaitTold("a FIRING");
    publish(b, firing("x"));
    awaitTold("a FIRING", "b FIRING");
    pass(Duration.ofMinutes(10)); // renewals that fail tell nothing anew
    assertThat(told).hasSize(2);
    publish(a, resolved("x"));
    awaitTold("a FIRING", "b FIRING", "a RESOLVED");
  }

  @Test
  void asksNobodyWhereTheReceiverPutsTogetherByItself() {
    Outbox a = replica("a", Duration.ofHours(4));
    Outbox b = replica("b", Duration.ofHours(4));

    for (Outbox each : List.of(a, b)) {
      each.publish("rule", List.of("own"), List.of(firing("x")));
    }
    await().until(() -> told.size() == 2);
    assertThat(memory).isEmpty();
  }

  private Outbox replica(String name, Duration repeat) {
    NotificationClaim claim = new FleetClaim(this::exchange, name, time);
    Notifier own =
        new Notifier() {
          @Override
          public void send(Notification notification) {
            told.add(name + " " + notification.kind());
          }

          @Override
          public Duration resendEvery() {
            return Duration.ofMinutes(30);
          }
        };
    Notifier slack = notification -> told.add(name + " " + notification.kind());
    Outbox outbox =
        Outbox.builder(Map.of("slack", slack, "own", own), new SimpleMeterRegistry())
            .ticker(time)
            .clock(time)
            .repeat(repeat)
            .claim(claim)
            .build();
    opened.add(outbox);
    return outbox;
  }

  private synchronized String exchange(String key, String expected, String next) {
    if (away) {
      throw new IllegalStateException("no route to password=hunter2");
    }
    String found = memory.getOrDefault(key, "");
    if (found.equals(expected)) {
      memory.put(key, next);
      memory.values().remove("");
    }
    return found;
  }

  private static void publish(Outbox replica, Alert alert) {
    replica.publish("rule", List.of("slack"), List.of(alert));
  }

  private void awaitTold(String... what) {
    await().untilAsserted(() -> assertThat(told).containsExactly(what));
  }

  private static void settle(Outbox replica) {
    await().until(() -> replica.queued("slack") == 0);
  }

  /** In steps, so that claims are renewed on the way; each channel has its turn in between. */
  private void pass(Duration span) {
    for (long seconds = 0; seconds < span.toSeconds(); seconds += 20) {
      time.advance(Duration.ofSeconds(20));
      time.awaitWaiting(1);
      await().pollInterval(Duration.ofMillis(1)).until(this::allWait);
    }
  }

  private boolean allWait() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vigil-alert-slack"))
        .allMatch(
            thread ->
                thread.getState() == Thread.State.WAITING
                    || thread.getState() == Thread.State.TERMINATED);
  }
}
