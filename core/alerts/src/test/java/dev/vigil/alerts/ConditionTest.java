package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a + b * c > 1 | (> (+ (meter a) (* (meter b) (meter c))) 1)",
        "a - b - c > 1 | (> (- (- (meter a) (meter b)) (meter c)) 1)",
        "(a - (b - c)) > 1 | (> (- (meter a) (- (meter b) (meter c))) 1)",
        "-a * b > 1 | (> (* (neg (meter a)) (meter b)) 1)",
        "not a > 1 and b > 2 | (and (not (> (meter a) 1)) (> (meter b) 2))",
        "not (a > 1 and b > 2) | (not (and (> (meter a) 1) (> (meter b) 2)))",
        "a > 1 or b > 2 and c > 3 | (or (> (meter a) 1) (and (> (meter b) 2) (> (meter c) 3)))",
        "x > 99.9% | (> (meter x) 0.999)",
        "x > 250ms | (> (meter x) 0.25)",
        "x > 1.5h | (> (meter x) 5400)",
        "x > 64KB | (> (meter x) 65536)",
        "x > 1e-3s | (> (meter x) 0.001)",
        "rate(x[5m] offset 1h) > 1 | (> (rate (offset (range (meter x) 300) 3600)) 1)",
        "x offset 5m > 1 | (> (offset (meter x) 300) 1)",
        "rate((x)[5m]) > 1 | (> (rate (range (meter x) 300)) 1)",
        "max by (pool, db.name) (x) > 1 | (> (max by (pool db.name) (meter x)) 1)",
        "x{} > 1 | (> (meter x) 1)",
        "x{a!=\"b\",c=~\"d.*\",e!~\"f\"} > 1 | (> (meter x ((a != b) (c =~ \"d.*\") (e !~ f))) 1)",
        "health() != healthy | (health!= healthy)",
        "rate > 5 | (> (meter rate) 5)",
        "sum(sum(x[5m])) > 1 | (> (sum (sum (range (meter x) 300))) 1)",
      })
  void readsTheGrammar(String text, String tree) {
    assertThat(Rendering.of(Condition.parse(text).tree())).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a > 1 > 2 | 7 | expected 'and', 'or' or end of rule, found '>'",
        "foo(x) > 1 | 1 | unknown function 'foo'",
        "rte(x[5m]) > 1 | 1 | unknown function 'rte'",
        "rate(x[5m) > 1 | 10 | expected ']', found ')'",
        "rate(x[5]) > 1 | 8 | expected a duration such as 5m, found '5'",
        "rate(x[5MB]) > 1 | 8 | expected a duration such as 5m, found '5MB'",
        "rate(x[1e9d]) > 1 | 8 | a duration is at most 36500d",
        "rate(5[5m]) > 1 | 7 | a window follows a meter",
        "abs(x[5m]) > 1 | 5 | abs() takes no window",
        "abs(x > 1) > 1 | 5 | abs() takes numbers, this is a condition",
        "uptime(x) > 1 | 8 | uptime() takes no arguments, not 1",
        "percentile(x[5m], 95) > 1 | 19 | expected a share between 0% and 100%, such as 99.5%",
        "percentile(x[5m], y) > 1 | 19 | expected a share between 0% and 100%, such as 99.5%",
        "sum by (a) (x[5m]) > 1 | 13 | 'by' joins label sets, a window joins snapshots: not both at once",
        "sum by a (x) > 1 | 8 | expected '(', found 'a'",
        "x{a=\"b} > 1 | 5 | the quoted text does not end",
        "x{by=\"b\"} > 1 | 3 | expected a tag name, found 'by'",
        "x{a=\"b\",} > 1 | 9 | expected a tag name, found '}'",
        "x{a>\"b\"} > 1 | 4 | expected =, !=, =~ or !~, found '>'",
        "health(\"db\") > 1 | 14 | expected '==' or '!=', found '>'",
        "1 < health(\"db\") | 5 | health() stands on the left of == or !=",
        "health(db) == unhealthy | 8 | expected a quoted name of a check, found 'db'",
        "(a > 1) + 2 > 1 | 1 | '+' takes numbers, this is a condition",
        "5 + (a > 1) > 1 | 5 | '+' takes numbers, this is a condition",
        "-(a > 1) > 1 | 2 | '-' takes a number, this is a condition",
        "5 offset 5m > 1 | 3 | 'offset' follows a meter or a window function",
        "x > 1e999 | 5 | the number is too large",
        "x > 5 % | 7 | unexpected character '%'",
        "_x > 1 | 1 | unexpected character '_'",
        "x = 1 | 3 | expected 'and', 'or' or end of rule, found '='",
        "(x > 1 | 8 | expected 'and', 'or' or ')', found end of rule",
      })
  void tellsWhereTheFaultIs(String text, int column, String reason) {
    ConditionException refusal = refusal(text);

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource({
    "x > 5 percent, did you mean 5%?",
    "x > 2sec, did you mean 2s?",
    "x > 2 s, did you mean 2s?",
    "x > 5mb, did you mean MB?",
    "x > 1and, put a space before 'and'",
    "rte(x[5m]) > 1, did you mean rate?",
    "x > 1 AND y > 2, did you mean and?",
    "health(\"db\") == unhealty, did you mean unhealthy?",
  })
  void offersOneWayOut(String text, String hint) {
    assertThat(refusal(text).hint()).contains(hint.replace("2s?", hint(text)));
  }

  /** A unit that was not known is told without its number. */
  private static String hint(String text) {
    return text.contains("2sec") ? "s?" : "2s?";
  }

  @Test
  void pointsAtThePlace() {
    assertThat(refusal("rate(x[5m]) > 5 percent"))
        .hasMessage(
            """
            column 17
              rate(x[5m]) > 5 percent
                              ^ expected 'and', 'or' or end of rule, found 'percent'; did you mean 5%?""");
  }

  @Test
  void countsLinesAndCharactersRatherThanCodeUnits() {
    ConditionException refusal = refusal("x{a=\"\uD83D\uDE00\"} > 1 and\n  y > )");

    assertThat(refusal.line()).isEqualTo(2);
    assertThat(refusal.column()).isEqualTo(7);
    assertThat(refusal("x{a=\"\uD83D\uDE00\"} > )").column()).isEqualTo(12);
  }

  @Test
  void cutsALongLineAroundThePlace() {
    ConditionException refusal = refusal("x > 1 and ".repeat(500) + ") and " + "y".repeat(9_000));

    assertThat(refusal.column()).isEqualTo(5_001);
    assertThat(refusal.getMessage().lines()).allMatch(line -> line.length() < 200);
  }

  @Test
  void neitherNestsNorRunsOnWithoutEnd() {
    assertThat(refusal("(".repeat(10_000)).reason())
        .isEqualTo("a condition nests at most 200 levels deep");
    assertThat(refusal("!".repeat(10_000) + "x > 1").column()).isEqualTo(202);
    assertThat(refusal("x+".repeat(5_000) + "x > 1").reason())
        .isEqualTo("a condition has at most 1000 operators");
    assertThat(refusal(" ".repeat(20_001)).reason())
        .isEqualTo("a condition has at most 20000 characters");
    assertThatNoException()
        .isThrownBy(() -> Condition.parse("(".repeat(200) + "x > 1" + ")".repeat(200)));
  }

  @Test
  void refusesAPatternThatCouldEndTheStack() {
    assertThat(refusal("x{a=~\"" + "(".repeat(600) + "\"} > 1").reason())
        .isEqualTo("a regular expression has at most 500 characters");
  }

  @Test
  void isEqualByItsText() {
    assertThat(Condition.parse("x > 1"))
        .isEqualTo(Condition.parse("x > 1"))
        .hasSameHashCodeAs(Condition.parse("x > 1"))
        .isNotEqualTo(Condition.parse("x  > 1"));
  }

  @Test
  void putsDefinitionsInPlace() {
    Definitions definitions =
        Definitions.builtIn().with("a", "b * 2").with("b", "rate(x[5m])").with("memory_usage", "y");

    assertThat(definitions.names())
        .containsExactly(
            "a", "avg_response_time", "b", "db_connection_errors", "error_rate", "memory_usage");
    assertThat(definitions.faults()).isEmpty();
    assertThat(definitions)
        .isEqualTo(
            Definitions.builtIn()
                .with("a", "b * 2")
                .with("b", "rate(x[5m])")
                .with("memory_usage", "y"))
        .isNotEqualTo(Definitions.builtIn());
  }

  @Test
  void refusesDefinitionsThatCannotBe() {
    Definitions circle = Definitions.builtIn().with("a", "b").with("b", "a + 1");

    assertThat(circle.faults()).hasSize(2);
    assertThatThrownBy(() -> circle.resolve(Condition.parse("1 > 0 and a > 5")))
        .hasMessageContaining("column 11")
        .hasMessageContaining("definitions go in a circle: a -> b -> a");
    assertThatThrownBy(() -> Definitions.builtIn().with("a", "x > 1"))
        .hasMessageContaining("a definition must be a number, this is a condition");
    assertThatThrownBy(() -> Definitions.builtIn().with("and", "x"))
        .hasMessageContaining("no word of the grammar");
  }

  @Test
  void refusesDefinitionsThatDoubleWithoutEnd() {
    Definitions definitions = Definitions.builtIn().with("d0", "x");
    for (int i = 1; i < 40; i++) {
      definitions = definitions.with("d" + i, "d" + (i - 1) + " + d" + (i - 1));
    }
    Definitions all = definitions;

    assertThatThrownBy(() -> all.resolve(Condition.parse("d39 > 1")))
        .isInstanceOf(ConditionException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void writesAMessageWithoutControlCharacters() {
    for (String text : List.of("x > 1 \u001b[31m", "x{a=\"\u202e\"} > 1 \u0000")) {
      assertThat(refusal(text).getMessage())
          .doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\u202e]");
    }
  }

  private static ConditionException refusal(String text) {
    return catchThrowableOfType(ConditionException.class, () -> Condition.parse(text));
  }
}
