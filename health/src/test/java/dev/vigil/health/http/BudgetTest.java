package dev.vigil.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void leavesTextAloneThatFits() {
    Budget budget = new Budget();

    assertThat(budget.fit("x".repeat(2048))).hasSize(2048);
    assertThat(budget.exceeded()).isFalse();
    assertThat(budget.fit("")).isEmpty();
    assertThat(budget.exceeded()).isFalse();
  }

  @Test
  void cutsTextThatDoesNotFitAndMarksTheCut() {
    Budget budget = new Budget();

    assertThat(budget.fit("x".repeat(2049))).isEqualTo("x".repeat(2042) + "\u2026");
    assertThat(budget.exceeded()).isTrue();
    assertThat(budget.fit("x".repeat(2049))).isEqualTo("x".repeat(1530) + "\u2026");
    assertThat(budget.takes("")).isFalse();
  }

  @Test
  void countsWhatAnEscapeCosts() {
    Budget budget = new Budget();

    assertThat(budget.fit("\u0000".repeat(600))).isEqualTo("\u0000".repeat(340) + "\u2026");
  }

  @Test
  void neverCutsASurrogatePairInTwo() {
    for (int before = 0; before < 12; before++) {
      String cut = new Budget().fit("x".repeat(before) + "\uD83D\uDE00".repeat(400));

      assertThat(cut.substring(before, cut.length() - 1).codePoints())
          .allMatch(point -> point == 0x1F600);
    }
  }

  @Test
  void takesEntriesWhileThereIsRoom() {
    Budget budget = new Budget();

    int entries = 0;
    while (budget.takes("key")) {
      entries++;
    }

    assertThat(entries).isEqualTo(3584 / 35);
    assertThat(budget.exceeded()).isTrue();
    assertThat(new Budget().takes("k".repeat(3600))).isFalse();
  }
}
