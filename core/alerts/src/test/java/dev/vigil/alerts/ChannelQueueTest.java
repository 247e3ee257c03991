package dev.vigil.alerts;

import static dev.vigil.alerts.TestAlerts.AT;
import static dev.vigil.alerts.TestAlerts.alert;
import static dev.vigil.alerts.TestAlerts.firing;
import static dev.vigil.alerts.TestAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelQueueTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final ChannelQueue queue = new ChannelQueue(Duration.ofHours(4), null);
  private long now;

  @Test
  void tellsOfABeginningAndOfItsEndOnceEach() {
    queue.offer("rule", List.of(firing("a")), now);
    queue.offer("rule", List.of(firing("a")), now);

    assertThat(tell()).containsExactly("a firing");
    queue.offer("rule", List.of(firing("a")), now);
    assertThat(tell()).isEmpty();
    queue.offer("rule", List.of(resolved("a")), now);
    queue.offer("rule", List.of(resolved("a")), now);
    assertThat(tell()).containsExactly("a resolved");
    assertThat(tell()).isEmpty();
    assertThat(queue.delivered()).isEmpty();
  }

  @Test
  void forgetsWhatBeganAndEndedBeforeItWasTold() {
    queue.offer("rule", List.of(firing("a")), now);
    queue.offer("rule", List.of(resolved("a")), now);

    assertThat(queue.queued()).isZero();
    assertThat(tell()).isEmpty();
  }

  @Test
  void tellsNothingOfAnEndThatIsOverBeforeItWasTold() {
    queue.offer("rule", List.of(firing("a")), now);
    tell();
    queue.offer("rule", List.of(resolved("a")), now);
    queue.offer("rule", List.of(firing("a")), now);

    assertThat(tell()).isEmpty();
    queue.offer("rule", List.of(resolved("a")), now);
    assertThat(tell()).containsExactly("a resolved");
  }

  @Test
  void tellsNoEndOfWhatItNeverHeardOf() {
    queue.offer("rule", List.of(resolved("a")), now);

    assertThat(tell()).isEmpty();
  }

  @Test
  void endsWhatEndedWhileItsBeginningWasBeingSent() {
    queue.offer("rule", List.of(firing("a")), now);
    List<QueuedIncident> sent = queue.take(0);
    queue.offer("rule", List.of(resolved("a")), now);

    queue.told(sent.get(0), true, AT, now);
    assertThat(tell()).containsExactly("a resolved");
  }

  @Test
  void forgetsWhatEndedWhileItsBeginningFailed() {
    queue.offer("rule", List.of(firing("a")), now);
    List<QueuedIncident> sent = queue.take(0);
    queue.offer("rule", List.of(resolved("a")), now);

    queue.failed(sent.get(0), true, now);
    assertThat(queue.queued()).isZero();
    assertThat(tell()).isEmpty();
  }

  @Test
  void beginsAnewWhatFiredAgainWhileItsEndWasBeingSent() {
    queue.offer("rule", List.of(firing("a")), now);
    tell();
    queue.offer("rule", List.of(resolved("a")), now);
    List<QueuedIncident> sent = queue.take(0);
    queue.offer("rule", List.of(firing("a")), now);

    queue.told(sent.get(0), false, AT, now);
    assertThat(tell()).containsExactly("a firing");
  }

  @Test
  void tellsTogetherWhatIsOfOneRuleAndOneState() {
    queue.offer("x", List.of(alert("x", "gone", AlertState.FIRING)), now);
    tell();
    queue.offer("x", List.of(alert("x", "a", AlertState.FIRING)), now);
    queue.offer("y", List.of(alert("y", "b", AlertState.FIRING)), now);
    queue.offer("x", List.of(alert("x", "gone", AlertState.RESOLVED)), now);
    queue.offer("x", List.of(alert("x", "c", AlertState.FIRING)), now);

    assertThat(tell()).containsExactly("a firing", "c firing");
    assertThat(tell()).containsExactly("b firing");
    assertThat(tell()).containsExactly("gone resolved");
  }

  @Test
  void takesAsManyAsTheReceiverWants() {
    for (String incident : List.of("a", "b", "c")) {
      queue.offer("rule", List.of(firing(incident)), now);
    }

    assertThat(queue.take(2)).hasSize(2);
  }

  @Test
  void letsTheOthersGoFirstAfterAFailure() {
    queue.offer("x", List.of(alert("x", "poison", AlertState.FIRING)), now);
    queue.offer("y", List.of(alert("y", "fine", AlertState.FIRING)), now);

    queue.take(0).forEach(known -> queue.failed(known, true, now));
    assertThat(tell()).containsExactly("fine firing");
    assertThat(tell()).containsExactly("poison firing");
  }

  @Test
  void tellsAgainWhatStillFiresWhenTheRepetitionIsDue() {
    queue.offer("rule", List.of(firing("a")), now);
    tell();

    now += 4 * 60 * MINUTE - 1;
    assertThat(queue.untilDue(now)).isEqualTo(1);
    assertThat(tell()).isEmpty();
    now++;
    assertThat(tell()).containsExactly("a firing");
    assertThat(tell()).isEmpty();
  }

  @Test
  void repeatsNothingThatIsMuted() {
    queue.offer("rule", List.of(firing("a")), now);
    tell();

    now += 4 * 60 * MINUTE;
    queue.due(now).forEach(known -> queue.repeat(known, true, now));
    assertThat(queue.queued()).isZero();
    assertThat(queue.untilDue(now)).isEqualTo(4 * 60 * MINUTE);
  }

  @Test
  void givesUpAfterAQuarterOfAnHourAndTriesWhatStillFiresAsARepetition() {
    queue.offer("rule", List.of(firing("a")), now);
    now += 15 * MINUTE - 1;
    assertThat(queue.expire(now)).isZero();
    now++;

    assertThat(queue.expire(now)).isEqualTo(1);
    assertThat(queue.queued()).isZero();
    now += 4 * 60 * MINUTE;
    assertThat(tell()).containsExactly("a firing");
  }

  @Test
  void hasAQuarterOfAnHourAnewForANewState() {
    queue.offer("rule", List.of(firing("a")), now);
    tell();
    queue.offer("rule", List.of(resolved("a")), now);
    now += 10 * MINUTE;
    queue.offer("rule", List.of(firing("a")), now);
    queue.offer("rule", List.of(resolved("a")), now);
    now += 10 * MINUTE;

    assertThat(queue.expire(now)).isZero();
    assertThat(tell()).containsExactly("a resolved");
  }

  @Test
  void doesNotSendAgainWhatTheReceiverDoesNotWant() {
    queue.offer("rule", List.of(firing("a")), now);
    queue.take(0).forEach(known -> queue.refused(known, true, now));

    assertThat(queue.queued()).isZero();
    queue.offer("rule", List.of(resolved("a")), now);
    assertThat(tell()).isEmpty();
  }

  @Test
  void dropsWhatWaitsLongestWhereTooManyWait() {
    for (int i = 0; i < 300; i++) {
      queue.offer("rule", List.of(firing("i" + i)), now);
    }

    assertThat(queue.queued()).isEqualTo(256);
    assertThat(queue.takeDropped()).isEqualTo(44);
    assertThat(queue.takeDropped()).isZero();
    assertThat(tell()).hasSize(256).contains("i44 firing", "i299 firing");
  }

  @Test
  void dropsNothingThatIsBeingSent() {
    queue.offer("first", List.of(alert("first", "sent", AlertState.FIRING)), now);
    QueuedIncident sent = queue.take(0).get(0);
    for (int i = 0; i < 300; i++) {
      queue.offer("rule", List.of(firing("i" + i)), now);
    }

    queue.told(sent, true, AT, now);
    assertThat(queue.delivered()).extracting(told -> told.alert().incident()).contains("sent");
  }

  @Test
  void keepsTheLastStateOfTenThousandChanges() {
    for (int i = 0; i < 10_000; i++) {
      String incident = "i" + i % 200;
      queue.offer("rule", List.of(i / 200 % 2 == 0 ? resolved(incident) : firing(incident)), now);
      assertThat(queue.queued()).isLessThanOrEqualTo(256);
    }

    assertThat(tell()).hasSize(200).allMatch(told -> told.endsWith("firing"));
  }

  @Test
  void takesOverWhatWasToldBeforeARestart() {
    queue.restore("rule", firing("a"), AT.minusSeconds(3_600), AT, now);
    queue.restore("rule", resolved("b"), AT, AT, now);

    queue.offer("rule", List.of(firing("a")), now);
    assertThat(tell()).containsExactly("b resolved");
    assertThat(queue.untilDue(now)).isEqualTo(3 * 60 * MINUTE);
    queue.offer("rule", List.of(resolved("a")), now);
    assertThat(tell()).containsExactly("a resolved");
  }

  @Test
  void changesItsVersionWithWhatWasTold() {
    long before = queue.version();
    queue.offer("rule", List.of(firing("a")), now);
    assertThat(queue.version()).isEqualTo(before);
    tell();
    assertThat(queue.version()).isNotEqualTo(before);
  }

  private List<String> tell() {
    queue.due(now).forEach(known -> queue.repeat(known, false, now));
    List<QueuedIncident> group = queue.take(0);
    List<String> told =
        group.stream()
            .map(known -> known.incident() + (known.firing() ? " firing" : " resolved"))
            .toList();
    group.forEach(known -> queue.told(known, known.firing(), AT, now));
    return told;
  }
}
