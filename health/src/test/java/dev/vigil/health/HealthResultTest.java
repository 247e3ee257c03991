package dev.vigil.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthResultTest {

  @Test
  void keepsDataInOrderAndReplacesByKey() {
    HealthResult result = HealthResult.healthy().with("used", 1).with("total", 2).with("used", 3);

    assertThat(result.data()).containsExactly(Map.entry("used", 3), Map.entry("total", 2));
  }

  @Test
  void copiesWhatItIsGiven() {
    List<Object> items = new ArrayList<>(List.of("a"));
    Map<String, Object> nested = new HashMap<>(Map.of("items", items));
    HealthResult result = HealthResult.healthy().with("nested", nested);

    items.add("b");
    nested.clear();

    assertThat(result.data()).containsEntry("nested", Map.of("items", List.of("a")));
    assertThatThrownBy(() -> result.data().put("x", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keepsForeignValuesAsTextSoThatNothingChangesLater() {
    StringBuilder text = new StringBuilder("before");
    HealthResult result = HealthResult.healthy().with("text", text);

    text.append(" and after");

    assertThat(result.data()).containsEntry("text", "before");
  }

  @Test
  void refusesCyclesOfMaps() {
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("self", cycle);

    assertThatThrownBy(() -> HealthResult.healthy().with("cycle", cycle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("health data must nest at most 4 deep but \"cycle\" goes deeper");
  }

  @Test
  void refusesBlankKeys() {
    assertThatThrownBy(() -> HealthResult.healthy().with(" ", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
