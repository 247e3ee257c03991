package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.alerts.NotificationClaim.Release;
import dev.vigil.testing.FakeTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetClaimTest {

  private static final Duration TTL = Duration.ofMinutes(2);
  private static final Duration REPEAT = Duration.ofHours(4);

  private final FakeTime time = new FakeTime();
  private final Map<String, String> memory = new HashMap<>();
  private final FleetClaim.Store store =
      (key, expected, next) -> {
        String found = memory.getOrDefault(key, "");
        if (found.equals(expected)) {
          memory.put(key, next);
          memory.values().remove("");
        }
        return found;
      };
  private final NotificationClaim a = new FleetClaim(store, "a", time);
  private final NotificationClaim b = new FleetClaim(store, "b", time);

  @Test
  void tellsOneOfTheFleetAndEndsWithTheLast() throws Exception {
    assertThat(a.claim("k", TTL)).isTrue();
    assertThat(b.claim("k", TTL)).isFalse();
    a.told("k", REPEAT);
    assertThat(a.release("k")).isEqualTo(Release.OTHERS_FIRE);

    assertThat(b.release("k")).isEqualTo(Release.LAST);
    assertThat(a.release("k")).isEqualTo(Release.NOTHING_TOLD);
    assertThat(memory).isEmpty();
  }

  @Test
  void endsForTheOneThatIsLeftWhenADeadOnesClaimHasRunOut() throws Exception {
    a.claim("k", TTL);
    a.told("k", REPEAT);
    b.claim("k", TTL);
    assertThat(b.release("k")).isEqualTo(Release.OTHERS_FIRE);

    time.advance(TTL);
    assertThat(b.release("k")).isEqualTo(Release.LAST);
  }

  @Test
  void endsNothingThatWasNeverTold() throws Exception {
    a.claim("k", TTL);

    assertThat(a.release("k")).isEqualTo(Release.NOTHING_TOLD);
  }

  @Test
  void keepsIncidentsApart() throws Exception {
    assertThat(a.claim("k", TTL)).isTrue();
    assertThat(b.claim("l", TTL)).isTrue();
  }

  @Test
  void givesUpWhereTheMemoryNeverAgrees() {
    int[] calls = {0};
    NotificationClaim broken =
        new FleetClaim((key, expected, next) -> "0|" + calls[0]++ + "||0|", "a", time);

    assertThatThrownBy(() -> broken.claim("k", TTL)).isInstanceOf(IllegalStateException.class);
  }
}
