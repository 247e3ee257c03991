package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One evaluation a minute. Conditions: T true, F false, M missing. States: i inactive, p pending, f
 * firing, r recovering, R resolved, n no data, e error.
 */
class InstanceStateTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Tick tick = new Tick(MINUTE.toNanos());
  private final InstanceState state = new InstanceState();
  private long minutes = -1;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "fires at once without a duration,               0, 0, INACTIVE, FTTF,        iffR",
    "fires when exactly the duration has passed,     5, 0, INACTIVE, FTTTTTTF,    ipppppfR",
    "one false evaluation takes pending back,        3, 0, INACTIVE, TTTFTTTT,    pppipppf",
    "needs the whole duration again,                 2, 0, INACTIVE, TTTFTTT,     ppfRppf",
    "is kept firing until exactly the hold's end,    2, 3, INACTIVE, TTTFFFFF,    ppfrrrRR",
    "a hold does not matter while pending,           3, 5, INACTIVE, TTFT,        ppip",
    "true inside the hold goes on; the next is full, 2, 3, INACTIVE, TTTFFTFFFF,  ppfrrfrrrR",
    "true when the hold would end is no new one,     0, 3, INACTIVE, TFFFTF,      frrrfr",
    "missing is false unless told otherwise,         1, 0, INACTIVE, TTMMTT,      pfRRpf",
    "missing is shown where nothing is active,       1, 0, INACTIVE, MFMTM,       ninpn",
    "a hold goes on while missing,                   0, 2, INACTIVE, TMMM,        frrR",
    "keeps everything while missing,                 3, 0, KEEP,     MTTMMTTT,    npppppff",
    "keeps firing and holding while missing,         0, 2, KEEP,     TMFMMFF,     ffrrrrR",
    "fires on missing after the duration,            2, 0, FIRE,     FMMMF,       ippfR",
    "missing and true are one to the policy fire,    2, 0, FIRE,     TMTM,        ppff",
    "is in error while missing and goes on after,    2, 0, ERROR,    TMMTTF,      peepfR",
    "an open incident survives an error,             0, 0, ERROR,    TMTF,        fefR",
  })
  void goesFromStateToState(
      String name, int duration, int keep, MissingPolicy missing, String input, String expected) {
    RuleTiming timing = timing(duration, keep, missing, false);
    StringBuilder states = new StringBuilder();

    for (char each : input.toCharArray()) {
      step(truth(each), Truth.MISSING, timing);
      states.append(letter(state.shown(timing)));
    }

    assertThat(states).hasToString(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "stays until the recovery holds,            0, TFFFF,   FFFTT,   frrRR",
    "counts the hold from the recovery on,      2, TFFFFF,  FFTTTT,  frrrRR",
    "a recovery that ends stops the hold,       2, TFFFFFF, FTFTTTT, frrrrRR",
    "true again goes on with the same incident, 0, TFTFF,   FFFFT,   frfrR",
    "is over where the meters are missing,      0, TFM,     FFM,     frR",
    "stays where only the recovery's are,       0, TFF,     FMM,     frr",
  })
  void recoversByAConditionOfItsOwn(
      String name, int keep, String input, String recoveries, String expected) {
    RuleTiming timing = timing(0, keep, MissingPolicy.INACTIVE, true);
    StringBuilder states = new StringBuilder();

    for (int i = 0; i < input.length(); i++) {
      step(truth(input.charAt(i)), truth(recoveries.charAt(i)), timing);
      states.append(letter(state.shown(timing)));
    }

    assertThat(states).hasToString(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "pending goes on where it stopped,            PENDING,    3, -1, 0, TT,      pf",
    "pending waits for a second false,            PENDING,    3, -1, 0, FFT,     pip",
    "false once is forgiven,                       PENDING,    3, -1, 0, FTT,     pff",
    "firing goes on,                              FIRING,     9, -1, 0, TTF,     ffr",
    "firing waits for a second false,             FIRING,     9, -1, 0, FFFF,    frrR",
    "held goes on where it stopped,               RECOVERING, 9,  1, 0, FF,      rR",
    "held fires again,                            RECOVERING, 9,  1, 0, TFF,     frr",
    "missing stands until windows could fill,     FIRING,     9, -1, 3, MMMMMMM, ffffrrR",
    "a hold does not wait for meters,             RECOVERING, 9,  1, 9, MM,      rR",
  })
  void goesOnAfterARestart(
      String name,
      AlertState saved,
      int active,
      int recovering,
      int warmUp,
      String input,
      String expected) {
    RuleTiming timing =
        new RuleTiming(minutes(4), minutes(2), MissingPolicy.INACTIVE, false, minutes(warmUp));
    state.adopt(saved, minutes(active), recovering < 0 ? -1 : minutes(recovering), 7, 8, tick);
    StringBuilder states = new StringBuilder();

    for (char each : input.toCharArray()) {
      step(truth(each), Truth.MISSING, timing);
      states.append(letter(state.shown(timing)));
    }

    assertThat(states).hasToString(expected);
  }

  @Test
  void keepsTheMomentsOfTheIncident() {
    RuleTiming timing = timing(1, 1, MissingPolicy.INACTIVE, false);

    step(Truth.TRUE, Truth.MISSING, timing);
    assertThat(state.activeAt()).isEqualTo(wall(0));
    assertThat(state.firedAt()).isEqualTo(InstanceState.NEVER);
    step(Truth.TRUE, Truth.MISSING, timing);
    step(Truth.FALSE, Truth.MISSING, timing);
    step(Truth.TRUE, Truth.MISSING, timing);
    assertThat(state.activeAt()).isEqualTo(wall(0));
    assertThat(state.firedAt()).isEqualTo(wall(1));
    step(Truth.FALSE, Truth.MISSING, timing);
    step(Truth.FALSE, Truth.MISSING, timing);

    assertThat(state.state()).isEqualTo(AlertState.RESOLVED);
    assertThat(state.endedAt()).isEqualTo(wall(5));
    assertThat(state.firedAt()).isEqualTo(wall(1));
  }

  @Test
  void aRaisedDurationSendsFiringBackToPending() {
    RuleTiming raised = timing(4, 0, MissingPolicy.INACTIVE, false);
    step(Truth.TRUE, Truth.MISSING, timing(1, 0, MissingPolicy.INACTIVE, false));
    step(Truth.TRUE, Truth.MISSING, timing(1, 0, MissingPolicy.INACTIVE, false));
    assertThat(state.state()).isEqualTo(AlertState.FIRING);

    step(Truth.TRUE, Truth.MISSING, raised);
    assertThat(state.state()).isEqualTo(AlertState.PENDING);
    step(Truth.TRUE, Truth.MISSING, raised);
    step(Truth.TRUE, Truth.MISSING, raised);

    assertThat(state.state()).isEqualTo(AlertState.FIRING);
    assertThat(state.activeAt()).isEqualTo(wall(0));
  }

  @Test
  void resolvedIsShownForAQuarterOfAnHourAndEndsUntold() {
    RuleTiming timing = timing(0, 0, MissingPolicy.INACTIVE, false);
    step(Truth.TRUE, Truth.MISSING, timing);
    assertThat(step(Truth.FALSE, Truth.MISSING, timing)).isTrue();

    for (int i = 0; i < 14; i++) {
      step(Truth.FALSE, Truth.MISSING, timing);
      assertThat(state.state()).isEqualTo(AlertState.RESOLVED);
    }

    assertThat(step(Truth.FALSE, Truth.MISSING, timing)).isFalse();
    assertThat(state.state()).isEqualTo(AlertState.INACTIVE);
  }

  @Test
  void doesNotCountWhatPassedWhileTheMachineSlept() {
    RuleTiming timing = timing(3, 0, MissingPolicy.INACTIVE, false);
    step(Truth.TRUE, Truth.MISSING, timing);
    step(Truth.TRUE, Truth.MISSING, timing);

    minutes += 60;
    tick.advance(minutes(minutes), wall(minutes));
    assertThat(tick.afterGap()).isTrue();
    step(Truth.TRUE, Truth.MISSING, timing);
    assertThat(state.state()).isEqualTo(AlertState.PENDING);
    step(Truth.TRUE, Truth.MISSING, timing);

    assertThat(state.state()).isEqualTo(AlertState.FIRING);
  }

  private boolean step(Truth condition, Truth recovery, RuleTiming timing) {
    minutes++;
    tick.advance(minutes(minutes), wall(minutes));
    return state.step(condition, recovery, tick, timing);
  }

  private static RuleTiming timing(
      int duration, int keep, MissingPolicy missing, boolean recovers) {
    return new RuleTiming(minutes(duration), minutes(keep), missing, recovers, 0);
  }

  private static long minutes(long n) {
    return MINUTE.multipliedBy(n).toNanos();
  }

  private static long wall(long minute) {
    return 1_000_000 + MINUTE.multipliedBy(minute).toMillis();
  }

  private static Truth truth(char letter) {
    return letter == 'T' ? Truth.TRUE : letter == 'F' ? Truth.FALSE : Truth.MISSING;
  }

  private static char letter(AlertState state) {
    return switch (state) {
      case INACTIVE -> 'i';
      case PENDING -> 'p';
      case FIRING -> 'f';
      case RECOVERING -> 'r';
      case RESOLVED -> 'R';
      case NO_DATA -> 'n';
      case ERROR -> 'e';
    };
  }
}
