package dev.vigil.core.internal.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How often a text is read, whatever stands in it: counted, not timed. */
class MaskingWorkTest {

  private static final Masking MASKING =
      new Masking(List.of("own-key"), EnumSet.allOf(Masking.Personal.class));

  /**
   * The worst case below takes half of it; a quadratic rule would take hundreds of times as much.
   */
  private static final int READS_PER_CHARACTER = 50;

  @ParameterizedTest
  @MethodSource("hostile")
  void isLinearOnHostileText(String piece) {
    long once = reads(piece, 20_000);
    long twice = reads(piece, 40_000);

    assertThat(once).isLessThan(20_000L * READS_PER_CHARACTER);
    assertThat(twice).isLessThan(once * 22 / 10);
  }

  static List<String> hostile() {
    return List.of(
        "=",
        ":",
        "@",
        "\"",
        "'",
        "\\",
        "-",
        ".",
        "_",
        "%",
        ">",
        "<",
        " ",
        "\n",
        "A",
        "e",
        "0",
        "4",
        "x",
        "é",
        "[",
        "{",
        "(",
        ")]}",
        ",",
        ";",
        "&",
        "/",
        "\t",
        "*",
        "=\"",
        "\\\"",
        "@a.b",
        "a@",
        "://",
        "://a:b",
        "://a:b@",
        "://a@/",
        "a://b:c ",
        "%3D",
        "password=",
        "password=\"",
        "password=\"a",
        "password=\\\"",
        "password='*",
        "password=[",
        "password={a ",
        "(password=a ",
        "[password=a b c d e f g h i j k l m n o p q r s t u v w x ",
        "password=*",
        "password:   ",
        "password= ",
        "password=a,",
        "password=,",
        "password=a&b",
        "password=''",
        "password=1",
        "password=4111 1",
        "password '",
        "password \"a1b2c3",
        "PASSWORD 'x ",
        "password a1",
        "--password x ",
        "--password -",
        "<password>",
        "<password>x",
        "<password></",
        "token%3D",
        "token%3Da%26",
        "Authorization: ",
        "Authorization: Basic ",
        "Authorization: Basic *",
        "Cookie: *",
        "Cookie: a\"",
        "Bearer ",
        "Bearer a1b2c3d4 ",
        "bearer",
        "password",
        "p a s s w o r d ",
        "p-a-s-s-w-o-r-d-",
        "drowssap",
        "identified by 'x",
        "eyJ",
        "eyJ-",
        "eyJ.",
        "eyJ.a ",
        "AKIA",
        "AKIA-",
        "AIza",
        "AIza-",
        "ghp_",
        "ghp_-",
        "sk_live_",
        "xoxb-",
        "SG.",
        "ya29.",
        "hooks.slack.com/services/",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "4111 ",
        "4111-",
        "4111111111111111 ",
        "4111 1111 1111 111 ",
        "078-05-1120-",
        "DE89",
        "DE89 ",
        "DE89 3704 0044 0532 0130 00 ",
        "AA00",
        "AA00A",
        "-u ",
        "-u a:",
        "-p ",
        "mysql -p ",
        "--user a:b ",
        "a1",
        "a1-",
        "a1,b ",
        "1a ",
        "is a1b2c3 ",
        "password for is a1b2 ",
        "set to x1 ",
        "12 ",
        "pin 123 ",
        " '",
        " 'a1",
        "('",
        "password('x",
        "Basic QWxh ",
        "basic a1",
        "B",
        "a:b@",
        "a:b@tcp(",
        "1:AA",
        "0:AAAAAAAAAAAAAAAAAAAAAAAAA ",
        "token\\u003d",
        "\\u003d",
        "password%253D",
        "%22%3A",
        "&quot;",
        "password: |\n  a\n",
        "password: >",
        "password=\"\n",
        "password=\\\\\"\n",
        "tokens=[",
        "tokens=[1,",
        "<value>",
        "</name><value>",
        "<a key=\"password\">",
        "<password><![CDATA[",
        "name: password\n value: x\n",
        "value:",
        "1.1",
        "123.45-",
        "123:4111-",
        "SK0123456789abcdef",
        "dapi",
        "ATATT3",
        "9b2f4c1e-7d3a-4e6b-8c5d-0a1b2c3d4e5f",
        "sk-",
        "hooks.",
        "thin:a/",
        "/@",
        ":thin:a/b@",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=");
  }

  /** Index arithmetic at every edge: pieces of all rules, put together and cut at random. */
  @Test
  void survivesAnyText() {
    Random random = new Random(20260101); // the same texts in every run
    List<String> pieces = hostile();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(1, 8); piece > 0; piece--) {
        String next = pieces.get(random.nextInt(pieces.size()));
        text.append(next, 0, random.nextInt(1, next.length() + 1));
      }

      String masked = MASKING.mask(text.toString());

      assertThat(masked.replace(Masking.MASK, "").length()).isLessThanOrEqualTo(text.length());
    }
  }

  /** Planted texts over and over: the secrets are there, and the work still is linear. */
  @Test
  void isLinearOnTextFullOfSecrets() {
    String piece =
        "login user=pat password=hunter2 https://u:p@h/?token=t1 card 4111111111111111\n";

    assertThat(reads(piece, 100_000)).isLessThan(100_000L * 10);
  }

  @Test
  void readsOrdinaryTextAFewTimesAtMost() {
    String piece =
        "GET /api/orders/4711 answered 200 in 12 ms for tenant acme, 3 rows, cache hit; ";

    assertThat(reads(piece, 100_000)).isLessThan(100_000L * 4);
  }

  @Test
  void allocatesNothingWhereThereIsNothingToHide() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    String text = "GET /api/orders?page=2 answered 200 in 12 ms: user=pat, \"note\": 'none', a@b";
    mask(text, 20_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    mask(text, 20_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The measurement itself may cost a few bytes; one small object per text would be 320,000.
    assertThat(allocated).isLessThan(20_000);
  }

  private static void mask(String text, int times) {
    for (int i = 0; i < times; i++) {
      if (MASKING.mask(text) != text) {
        throw new AssertionError("nothing to hide here");
      }
    }
  }

  private static long reads(String piece, int length) {
    Counting text = new Counting(piece.repeat(length / piece.length() + 1));
    MASKING.scan(text);
    return text.reads;
  }

  private static final class Counting implements CharSequence {
    private final String text;
    private long reads;

    Counting(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      reads += end - start;
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      reads += text.length();
      return text;
    }
  }
}
