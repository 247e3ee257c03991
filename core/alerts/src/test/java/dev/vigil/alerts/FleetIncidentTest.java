package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetIncidentTest {

  private static final long TTL = 100;

  private FleetIncident incident = FleetIncident.NONE;

  @Test
  void letsTheFirstTellUntilItHas() {
    assertThat(claims("a", 0)).isTrue();
    assertThat(claims("b", 1)).isFalse();
    assertThat(claims("a", 2)).isTrue();

    incident = incident.toldBy("a", 3, 1_000);
    assertThat(claims("a", 4)).isFalse();
    assertThat(claims("b", 5)).isFalse();
  }

  @Test
  void letsAnotherTellWhereTheFirstDiesBeforeItHas() {
    claims("a", 0);
    claims("b", 50);

    assertThat(claims("b", 99)).isFalse();
    assertThat(claims("b", 100)).isTrue();
  }

  @Test
  void letsNobodyTellTwiceWhereTheFirstDiesAfterwards() {
    claims("a", 0);
    claims("b", 0);
    incident = incident.toldBy("a", 1, 1_000);

    for (long now = 60; now < 900; now += 60) {
      assertThat(claims("b", now)).isFalse();
    }
    assertThat(incident.firing()).containsOnlyKeys("b");
    assertThat(incident.released("b", 900).firing()).isEmpty();
    assertThat(incident.released("b", 900).told()).isTrue();
  }

  @Test
  void letsWhoeverComesFirstRepeat() {
    claims("a", 0);
    incident = incident.toldBy("a", 1, 200);
    claims("a", 90);
    claims("b", 91);
    claims("a", 180);

    assertThat(claims("b", 201)).isTrue();
    assertThat(claims("a", 202)).isFalse();
  }

  @Test
  void countsADeadReplicaUntilItsClaimHasRunOut() {
    claims("dead", 0);
    claims("b", 10);
    incident = incident.toldBy("dead", 11, 1_000);

    assertThat(incident.released("b", 99).firing()).containsOnlyKeys("dead");
    assertThat(incident.released("b", 100).firing()).isEmpty();
  }

  @Test
  void handsTheTellingOnWhereTheTellerSeesTheEndFirst() {
    claims("a", 0);
    claims("b", 0);
    incident = incident.released("a", 1);

    assertThat(claims("b", 2)).isTrue();
  }

  @Test
  void startsAnewWhereNobodyHasSeenItForLong() {
    claims("a", 0);
    incident = incident.toldBy("a", 1, 100_000);

    assertThat(claims("b", 500)).isTrue();
  }

  @Test
  void readsWhatItWrites() {
    FleetIncident full = new FleetIncident(true, 7, "a", 9, Map.of("a", 1L, "b", 2L));

    assertThat(full.text()).isEqualTo("1|7|a|9|a=1,b=2");
    assertThat(FleetIncident.parse(full.text())).isEqualTo(full);
    assertThat(FleetIncident.parse("")).isEqualTo(FleetIncident.NONE);
    assertThat(FleetIncident.parse(FleetIncident.NONE.text())).isEqualTo(FleetIncident.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1|2|3", "1|x|a|9|", "1|7|a|9|b", "1|7|a|9|b=x"})
  void refusesWhatItHasNotWritten(String text) {
    assertThatThrownBy(() -> FleetIncident.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean claims(String replica, long now) {
    incident = incident.claimed(replica, now, TTL);
    return incident.tells(replica, now);
  }
}
