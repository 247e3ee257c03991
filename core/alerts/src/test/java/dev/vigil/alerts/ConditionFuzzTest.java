package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the text, nothing but a {@link ConditionException} comes out. */
class ConditionFuzzTest {

  private static final List<String> WORDS =
      List.of(
          "and",
          "or",
          "not",
          "by",
          "offset",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          "+",
          "-",
          "*",
          "/",
          ">",
          "<=",
          "==",
          "!=",
          "=~",
          "!~",
          "!",
          "&&",
          "||",
          "rate",
          "sum",
          "p95",
          "percentile",
          "clamp",
          "mod",
          "absent",
          "uptime",
          "health",
          "unhealthy",
          "x.y",
          "5",
          "5m",
          "99.5%",
          "1e308",
          "1e999999999999",
          "0.000000000000000000001ns",
          "7TiB",
          "\"a\"",
          "\"(a*)*\"",
          "\"\\",
          "é",
          "\uD83D\uDE00",
          "\uD83D",
          "\u202E",
          "\u0000",
          "\n",
          "\t",
          "'",
          ".",
          "%");

  @Test
  void tenThousandTextsThrowNothingElse() throws IOException {
    run(10_000);
  }

  @Test
  @Tag("long")
  void aMillionTextsThrowNothingElse() throws IOException {
    run(1_000_000);
  }

  private static void run(int texts) throws IOException {
    List<String> seeds = new ArrayList<>();
    GrammarVectorsTest.accepted().forEach(it -> seeds.add((String) it.get()[0]));
    GrammarVectorsTest.refused().forEach(it -> seeds.add((String) it.get()[0]));
    Random random = new Random(20_260_711);
    for (int i = 0; i < texts; i++) {
      String text =
          switch (random.nextInt(5)) {
            case 0 -> noise(random);
            case 1 -> words(random);
            case 2 -> nested(random);
            default -> mutated(seeds.get(random.nextInt(seeds.size())), random);
          };
      try {
        parse(text);
      } catch (RuntimeException | Error thrown) {
        fail(text, thrown);
      }
    }
  }

  private static void parse(String text) {
    try {
      Condition.parse(text);
    } catch (ConditionException refused) {
      int lines = text.length() - text.replace("\n", "").length() + 1;
      if (refused.line() > lines || refused.column() > text.length() + 1) {
        throw new IllegalStateException("the place is outside of the text", refused);
      }
    }
  }

  private static String noise(Random random) {
    int length = random.nextInt(60);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
    }
    return text.toString();
  }

  private static String words(Random random) {
    int length = random.nextInt(25);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(random.nextInt(3) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static String nested(Random random) {
    int depth = random.nextInt(random.nextInt(20) == 0 ? 5_000 : 300);
    List<String> openings = List.of("(", "not ", "-", "abs(", "!", "sum by (a) (", "a > 1 and (");
    String opening = openings.get(random.nextInt(openings.size()));
    String closing = opening.endsWith("(") ? ")" : "";
    return opening.repeat(depth) + "x > 1" + closing.repeat(depth);
  }

  private static String mutated(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
        case 2 -> text.insert(at, (char) random.nextInt(0x10000));
        default -> text.insert(at, text.substring(at).repeat(random.nextInt(3)));
      }
    }
    return text.length() > 30_000 ? text.substring(0, 30_000) : text.toString();
  }
}
