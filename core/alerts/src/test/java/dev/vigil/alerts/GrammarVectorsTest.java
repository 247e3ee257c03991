package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GrammarVectorsTest {

  @ParameterizedTest
  @MethodSource("accepted")
  void readsTheTextAsTheTree(String text, String tree) {
    Condition condition = Condition.parse(text);

    assertThat(Rendering.of(condition.tree())).isEqualTo(tree);
    assertThat(condition).hasToString(text);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesTheTextAtTheColumn(String text, int column, String why) {
    ConditionException refusal =
        catchThrowableOfType(ConditionException.class, () -> Condition.parse(text));

    assertThat(refusal.column()).as(refusal.getMessage()).isEqualTo(column);
    assertThat(refusal.reason()).startsWith(why);
  }

  static Stream<Arguments> accepted() throws IOException {
    return read("accept").map(it -> Arguments.of(it.get("expr").asText(), it.get("tree").asText()));
  }

  static Stream<Arguments> refused() throws IOException {
    return read("reject")
        .map(
            it ->
                Arguments.of(
                    it.get("expr").asText(), it.get("column").asInt(), it.get("why").asText()));
  }

  private static Stream<JsonNode> read(String name) throws IOException {
    try (InputStream json =
        GrammarVectorsTest.class.getResourceAsStream("/vectors/grammar/" + name + ".json")) {
      JsonNode vectors = new ObjectMapper().readTree(Objects.requireNonNull(json, name));
      return StreamSupport.stream(vectors.spliterator(), false);
    }
  }
}
