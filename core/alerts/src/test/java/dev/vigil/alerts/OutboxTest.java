package dev.vigil.alerts;

import static dev.vigil.alerts.TestAlerts.alert;
import static dev.vigil.alerts.TestAlerts.firing;
import static dev.vigil.alerts.TestAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.testing.FakeTime;
import dev.vigil.testing.LeakedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakedThreads.class)
class OutboxTest {

  private final FakeTime time = new FakeTime();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<Outbox> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Outbox::close);
  }

  @Test
  void tellsEachChannelOfTheBeginningAndTheEnd() {
    Receiver slack = new Receiver();
    Receiver mail = new Receiver();
    Outbox outbox = outbox(Map.of("slack", slack, "mail", mail));

    outbox.publish("rule", List.of("slack", "mail", "nosuch"), List.of(firing("a"), firing("b")));
    Notification told = slack.next();
    assertThat(told.kind()).isEqualTo(Notification.Kind.FIRING);
    assertThat(told.alerts()).extracting(Alert::incident).containsExactly("a", "b");
    assertThat(mail.next()).isEqualTo(told);

    outbox.publish("rule", List.of("slack"), List.of(resolved("a")));
    assertThat(slack.next().kind()).isEqualTo(Notification.Kind.RESOLVED);
    await().until(() -> count("slack", "delivered") == 2 && count("mail", "delivered") == 1);
  }

  @Test
  void tellsTwentyInFullAndCountsTheRest() {
    Receiver slack = new Receiver();
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      alerts.add(firing("i" + i));
    }

    outbox(Map.of("slack", slack)).publish("rule", List.of("slack"), alerts);
    assertThat(slack.next()).satisfies(told -> assertThat(told.alerts()).hasSize(20));
    assertThat(slack.told.get(0).more()).isEqualTo(30);
  }

  @Test
  void losesNoneWhereEachHasToArrive() {
    Receiver pager =
        new Receiver() {
          @Override
          public int alertsAtOnce() {
            return 1;
          }
        };

    outbox(Map.of("pager", pager))
        .publish("rule", List.of("pager"), List.of(firing("a"), firing("b"), firing("c")));
    assertThat(List.of(pager.next(), pager.next(), pager.next()))
        .allMatch(told -> told.alerts().size() == 1 && told.more() == 0)
        .extracting(told -> told.alerts().get(0).incident())
        .containsExactly("a", "b", "c");
  }

  @Test
  void triesAgainAfterASecondAndThenTwo() {
    Receiver slack = new Receiver();
    slack.fail(DeliveryException.temporary("HTTP status 500"), 2);
    Outbox outbox = outbox(Map.of("slack", slack));

    outbox.publish("rule", List.of("slack"), List.of(firing("a")));
    awaitFailures("slack", 1);
    await().until(() -> !outbox.canDeliver());
    assertThat(registry.get("vigil.alerts.channel.failing").gauge().value()).isOne();
    advanceExactly(slack, Duration.ofSeconds(1), 2);
    advanceExactly(slack, Duration.ofSeconds(2), 3);

    slack.next();
    await().until(outbox::canDeliver);
    assertThat(count("slack", "failed")).isEqualTo(2);
    await().until(() -> count("slack", "delivered") == 1);
  }

  @Test
  void waitsAsLongAsTheReceiverAsks() {
    Receiver slack = new Receiver();
    slack.fail(DeliveryException.temporary("HTTP status 429", Duration.ofSeconds(30)), 1);

    outbox(Map.of("slack", slack)).publish("rule", List.of("slack"), List.of(firing("a")));
    awaitFailures("slack", 1);
    advanceExactly(slack, Duration.ofSeconds(30), 2);
    slack.next();
  }

  @Test
  void doesNotSendAgainWhatTheReceiverRefuses() {
    Receiver slack = new Receiver();
    slack.fail(DeliveryException.permanent("HTTP status 400"), 1);
    Outbox outbox = outbox(Map.of("slack", slack));

    outbox.publish("rule", List.of("slack"), List.of(firing("a")));
    await().until(() -> count("slack", "refused") == 1);
    time.awaitWaiting(1);
    time.advance(Duration.ofSeconds(1));
    outbox.publish("rule", List.of("slack"), List.of(resolved("a"), firing("b")));
    assertThat(slack.next().alerts()).extracting(Alert::incident).containsExactly("b");
    assertThat(slack.attempts).isEqualTo(2);
  }

  @Test
  void probesOnceAMinuteAfterFiveFailures() {
    Receiver slack = new Receiver();
    slack.fail(new ConnectException("refused"), 7);

    outbox(Map.of("slack", slack)).publish("rule", List.of("slack"), List.of(firing("a")));
    awaitFailures("slack", 1);
    for (int seconds : new int[] {1, 2, 4, 8, 60, 60, 60}) {
      advanceExactly(slack, Duration.ofSeconds(seconds), slack.attempts + 1);
    }
    slack.next();
  }

  @Test
  void interruptsAnAttemptAfterTenSeconds() {
    Receiver slack = new Receiver();
    slack.hangs = true;
    Outbox outbox = outbox(Map.of("slack", slack));

    outbox.publish("rule", List.of("slack"), List.of(firing("a")));
    await().until(() -> slack.attempts == 1);
    time.awaitWaiting(1); // the timer
    slack.hangs = false;
    time.advance(Duration.ofSeconds(10));
    advanceExactly(slack, Duration.ofSeconds(1), 2);
    slack.next();
  }

  @Test
  void goesOnBesideAChannelThatIgnoresItsInterrupt() {
    CountDownLatch end = new CountDownLatch(1);
    Receiver good = new Receiver();
    Map<String, Notifier> channels = new LinkedHashMap<>();
    channels.put("stuck", notification -> awaitUninterruptibly(end));
    channels.put("good", good);
    Outbox outbox = outbox(channels);

    outbox.publish("rule", List.of("stuck", "good"), List.of(firing("a")));
    good.next();
    end.countDown();
  }

  @Test
  void keepsTheQueueBoundedAndTheLastStateAgainstADeadChannel() {
    Receiver dead = new Receiver();
    dead.fail(DeliveryException.temporary("HTTP status 503"), Integer.MAX_VALUE);
    Outbox outbox = outbox(Map.of("dead", dead));

    for (int i = 0; i < 10_000; i++) {
      String incident = "i" + i % 20;
      outbox.publish(
          "rule",
          List.of("dead"),
          List.of(i / 20 % 2 == 0 ? resolved(incident) : firing(incident)));
      assertThat(outbox.queued("dead")).isLessThanOrEqualTo(ChannelQueue.CAPACITY);
    }
    dead.recover();
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              time.advance(Duration.ofSeconds(1));
              return !dead.told.isEmpty();
            });
    assertThat(dead.next().alerts()).hasSize(20);
  }

  @Test
  void givesUpAfterAQuarterOfAnHourAndSaysSo() {
    Receiver dead = new Receiver();
    dead.fail(DeliveryException.temporary("HTTP status 503"), Integer.MAX_VALUE);
    Outbox outbox = outbox(Map.of("dead", dead));

    outbox.publish("rule", List.of("dead"), List.of(firing("a")));
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              time.advance(Duration.ofSeconds(10));
              return count("dead", "expired") == 1;
            });
    assertThat(outbox.queued("dead")).isZero();
    outbox.publish("rule", List.of("dead"), List.of(resolved("a")));
    assertThat(outbox.queued("dead")).isZero();
  }

  @Test
  void resendsAsOftenAsTheReceiverWants() {
    Receiver alertmanager =
        new Receiver() {
          @Override
          public Duration resendEvery() {
            return Duration.ofMinutes(1);
          }
        };

    outbox(Map.of("am", alertmanager)).publish("rule", List.of("am"), List.of(firing("a")));
    Notification first = alertmanager.next();
    await().until(() -> count("am", "delivered") == 1);
    time.awaitWaiting(1);
    time.advance(Duration.ofMinutes(1));
    assertThat(alertmanager.next().at()).isEqualTo(first.at().plusSeconds(60));
  }

  @Test
  void remembersOverARestartWhatWasTold() {
    Receiver slack = new Receiver();
    Outbox before = outbox(Map.of("slack", slack));
    assertThat(before.delivered()).isNull();
    Alert odd =
        new Alert(
            "rule",
            Severity.HIGH,
            AlertState.FIRING,
            Map.of("k\"ey", "va\nlue"),
            "summary",
            "https://runbook.example.test",
            Double.NaN,
            TestAlerts.AT,
            null,
            null,
            "odd");
    before.publish("rule", List.of("slack"), List.of(odd));
    slack.next();
    await().until(() -> before.delivered() != null);
    JsonNode delivered = before.delivered();
    long version = before.version();
    assertThat(version).isPositive();

    Receiver later = new Receiver();
    Outbox after = outbox(Map.of("slack", later));
    after.restore(delivered);
    assertThat(after.delivered()).isEqualTo(delivered);
    after.publish("rule", List.of("slack"), List.of(odd, resolved("unheard")));
    after.publish("rule", List.of("slack"), List.of(alert("rule", "odd", AlertState.RESOLVED)));
    assertThat(later.next().kind()).isEqualTo(Notification.Kind.RESOLVED);
    assertThat(later.told).hasSize(1);
  }

  @Test
  void startsWithWhatItCanReadOfABrokenState() throws Exception {
    JsonNode broken =
        new ObjectMapper()
            .readTree(
                "{\"slack\":[{\"rule\":\"r\"},7,null],\"x\":5,\"y\":[{\"at\":\"yesterday\"}]}");
    Outbox outbox = outbox(Map.of("slack", new Receiver()));

    outbox.restore(broken);
    assertThat(outbox.delivered()).isNull();
  }

  @Test
  void testsEachChannelAndTellsTheOutcomes() {
    Receiver good = new Receiver();
    Receiver bad = new Receiver();
    bad.fail(DeliveryException.permanent("HTTP status 403 for token=hunter2hunter2"), 1);
    Map<String, Notifier> channels = new LinkedHashMap<>();
    channels.put("good", good);
    channels.put("bad", bad);

    assertThat(outbox(channels).test())
        .containsExactly(
            new ChannelOutcome("good", null),
            new ChannelOutcome("bad", "HTTP status 403 for token=***"));
    assertThat(good.next().kind()).isEqualTo(Notification.Kind.TEST);
  }

  @Test
  void canDeliverByWhatReachesSomebodyOnly() {
    Receiver log =
        new Receiver() {
          @Override
          public boolean isLocal() {
            return true;
          }
        };
    Receiver slack = new Receiver();
    slack.fail(DeliveryException.temporary("no"), 1);
    Outbox outbox = outbox(Map.of("log", log, "slack", slack));
    assertThat(outbox.canDeliver()).isTrue();

    outbox.publish("rule", List.of("log", "slack"), List.of(firing("a")));
    log.next();
    await().until(() -> !outbox.canDeliver());
    assertThat(outbox(Map.of("log", new Receiver())).canDeliver()).isTrue();
    assertThat(outbox(Map.of()).canDeliver()).isFalse();
  }

  @Test
  void sendsWhatWaitsBeforeItCloses() {
    Receiver slack = new Receiver();
    Outbox outbox = outbox(Map.of("slack", slack));
    for (int i = 0; i < 10; i++) {
      String rule = "rule-" + i;
      outbox.publish(rule, List.of("slack"), List.of(alert(rule, rule, AlertState.FIRING)));
    }

    outbox.close();
    outbox.publish("rule", List.of("slack"), List.of(firing("late")));
    assertThat(slack.told).hasSize(10);
    assertThat(slack.closed).isEqualTo(1);
    assertThat(registry.find("vigil.alerts.notifications").meters()).isEmpty();
    outbox.close();
    assertThat(slack.closed).isEqualTo(1);
  }

  private Outbox outbox(Map<String, ? extends Notifier> channels) {
    Outbox outbox =
        Outbox.builder(new LinkedHashMap<>(channels), registry)
            .ticker(time)
            .clock(time)
            .random(() -> 0.5)
            .build();
    opened.add(outbox);
    return outbox;
  }

  private double count(String channel, String outcome) {
    return registry
        .get("vigil.alerts.notifications")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  /** The pause is set then; whether the channel waits already does not matter. */
  private void awaitFailures(String channel, int failures) {
    await().until(() -> count(channel, "failed") == failures);
  }

  /** The attempt comes then, and not a moment earlier. */
  private void advanceExactly(Receiver receiver, Duration wait, int attempts) {
    awaitFailures("slack", attempts - 1);
    time.awaitWaiting(1);
    time.advance(wait.minusNanos(1));
    time.awaitWaiting(1);
    assertThat(receiver.attempts).isEqualTo(attempts - 1);
    time.advance(Duration.ofNanos(1));
    // The breaker opens strictly after its time.
    await()
        .until(
            () -> {
              if (receiver.attempts < attempts) {
                time.advance(Duration.ofMillis(10));
              }
              return receiver.attempts == attempts;
            });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException ignored) {
        // That is the point.
      }
    }
  }

  /** Takes what it is told, or fails as often as asked. */
  private static class Receiver implements Notifier {

    final BlockingQueue<Notification> arrived = new LinkedBlockingQueue<>();
    final List<Notification> told = Collections.synchronizedList(new ArrayList<>());
    volatile int attempts;
    volatile boolean hangs;
    volatile int closed;
    private Exception failure;
    private int failures;

    synchronized void fail(Exception failure, int times) {
      this.failure = failure;
      failures = times;
    }

    synchronized void recover() {
      failures = 0;
    }

    @Override
    public void send(Notification notification) throws Exception {
      boolean hang = hangs;
      attempts++;
      if (hang) {
        new CountDownLatch(1).await();
      }
      synchronized (this) {
        if (failures > 0) {
          failures--;
          throw failure;
        }
      }
      told.add(notification);
      arrived.add(notification);
    }

    Notification next() {
      try {
        Notification next = arrived.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a notification").isNotNull();
        return next;
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
