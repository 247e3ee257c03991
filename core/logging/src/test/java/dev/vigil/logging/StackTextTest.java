package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.Redactor;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StackTextTest {

  private static JsonNode line(Throwable thrown) {
    JsonEncoder encoder =
        new JsonEncoder(
            LogFormat.ECS, new Identity("shop", "staging", "1", ""), Redactor.standard());
    return StrictJson.line(encoder.encode(Events.of(Level.ERROR, "failed", thrown).event()));
  }

  private static String stack(Throwable thrown) {
    return line(thrown).get("error.stack_trace").asText();
  }

  @Test
  void beginsWithTheRootCause() {
    String stack = stack(new IllegalStateException("outer", new SQLException("inner")));

    assertThat(stack)
        .startsWith("java.sql.SQLException: inner\n\tat dev.vigil.logging.StackTextTest.");
    assertThat(stack).contains("\nWrapped by: java.lang.IllegalStateException: outer\n");
  }

  @Test
  void hidesSecretsInEveryThrowable() {
    Throwable thrown = new IllegalStateException("token=one", new SQLException("token=two"));
    thrown.addSuppressed(new RuntimeException("token=three", new RuntimeException("token=four")));

    JsonNode line = line(thrown);

    assertThat(line.toString()).doesNotContain("one", "two", "three", "four");
    assertThat(line.get("error.stack_trace").asText()).contains("Suppressed: ", "Caused by: ");
    assertThat(line.get("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("error.message").asText()).isEqualTo("token=***");
  }

  @Test
  void showsThirtyFramesOfEach() {
    String stack = stack(deep(100));

    assertThat(stack.lines().filter(line -> line.startsWith("\tat "))).hasSize(30);
    assertThat(stack).containsPattern("\\n\\t\\.\\.\\. \\d+ more");
  }

  private static Throwable deep(int depth) {
    return depth == 0 ? new IllegalStateException("deep") : deep(depth - 1);
  }

  @Test
  void endsWhereCausesGoInCircles() {
    Exception one = new Exception("one");
    Exception two = new Exception("two", one);
    one.initCause(two);
    one.addSuppressed(two);

    assertThat(stack(one)).contains("circular");
  }

  @Test
  void endsWhereCausesHaveNoEnd() {
    Throwable chain = new Exception("root");
    for (int i = 0; i < 500; i++) {
      chain = new Exception("password=secret" + i, chain);
    }

    assertThat(stack(chain)).doesNotContain("=secret").hasSizeLessThan(100_000);
  }

  @Test
  void hashesTheWayAndNotTheText() {
    Throwable[] thrown = new Throwable[3];
    for (int i = 0; i < 2; i++) {
      thrown[i] = new IllegalStateException("order " + i);
    }
    thrown[2] = new IllegalArgumentException("order 0");

    assertThat(hash(thrown[0])).isEqualTo(hash(thrown[1])).matches("[0-9a-f]{8}");
    assertThat(hash(thrown[2])).isNotEqualTo(hash(thrown[0]));
  }

  private static String hash(Throwable thrown) {
    return line(thrown).get("error.id").asText();
  }

  @Test
  void showsTheOriginalOfARedactedThrowable() {
    Throwable standIn = Redactor.standard().redact(new SQLException("password=hunter2"));

    JsonNode line = line(standIn);

    assertThat(line.get("error.type").asText()).isEqualTo("java.sql.SQLException");
    assertThat(line.get("error.message").asText()).isEqualTo("password=***");
    assertThat(line.get("error.stack_trace").asText())
        .startsWith("java.sql.SQLException: password=***");
  }
}
