package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

  private static final long TWELVE_MS = 12_345_678;

  private static Verdict judge(int code, String body, String... options) {
    return judge(new Answer(code, body.replace('\'', '"'), false, null, TWELVE_MS), options);
  }

  private static Verdict judge(Answer answer, String... options) {
    return new Judge(command(options)).of(answer);
  }

  private static Command command(String... options) {
    String[] args = new String[options.length + 1];
    System.arraycopy(options, 0, args, 0, options.length);
    args[options.length] = "http://host:8081/health?q=secret";
    return Arguments.parse(args, "t0ken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | {'status':'healthy'}   | true  | healthy: HTTP 200 in 12 ms",
        "200 | {'status':'degraded'}  | true  | degraded: HTTP 200 in 12 ms",
        "503 | {'status':'unhealthy'} | false | unhealthy: HTTP 503 in 12 ms",
        "200 | {'status':'DOWN'}      | false | unhealthy: HTTP 200 in 12 ms",
        "503 | {'status':'UP'} | false"
            + " | unhealthy: HTTP 503 in 12 ms although the body says healthy",
        "503 | {'status':'warn'}      | false | unhealthy: HTTP 503 in 12 ms",
        "200 | ok                     | true  | healthy: HTTP 200 in 12 ms",
        "200 | Unhealthy              | false | unhealthy: HTTP 200 in 12 ms",
        "401 | ``                     | false | unhealthy: HTTP 401 in 12 ms,"
            + " it wants other credentials: see VIGIL_PROBE_TOKEN and --header",
        "404 | <html>                 | false | unhealthy: HTTP 404 in 12 ms, is the path right?",
        "500 | ``                     | false | unhealthy: HTTP 500 in 12 ms",
        "100 | ``                     | false | unhealthy: HTTP 100 in 12 ms",
      })
  void takesTheWorseOfCodeAndBody(int code, String body, boolean enough, String line) {
    assertThat(judge(code, body)).isEqualTo(new Verdict(enough, line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | ``",
        "200 | Hello",
        "200 | <html>UP</html>",
        "204 | ``",
        "200 | {}",
        "200 | []",
        "299 | [1]"
      })
  void goesByTheCodeWhereTheBodyIsInNoKnownFormat(int code, String body) {
    assertThat(judge(code, body))
        .isEqualTo(
            new Verdict(
                true,
                "healthy: HTTP "
                    + code
                    + " in 12 ms, body in no known format, judged by the code alone"));
  }

  @Test
  void namesTheChecksThatAreWrongAndWhy() {
    Verdict verdict =
        judge(
            503,
            """
            {'status':'unhealthy','checks':{'database':{'status':'unhealthy','message':'refused'},
             'memory':{'status':'healthy'},'cache':{'status':'degraded'}}}
            """);

    assertThat(verdict.line())
        .isEqualTo("unhealthy: database unhealthy (refused), cache degraded; HTTP 503 in 12 ms");
  }

  @Test
  void saysWhyTheWholeIsDown() {
    assertThat(judge(503, "{'status':'unhealthy','reason':'draining: deploy'}").line())
        .isEqualTo("unhealthy: draining: deploy; HTTP 503 in 12 ms");
    assertThat(judge(200, "{'status':'healthy','output':'all fine'}").line())
        .isEqualTo("healthy: HTTP 200 in 12 ms");
  }

  @Test
  void namesTenChecksAndCountsTheRest() {
    StringBuilder checks = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      checks.append(i == 0 ? "" : ",").append("'c").append(i).append("':{'status':'fail'}");
    }

    String line = judge(503, "{'status':'fail','checks':{" + checks + "}}").line();

    assertThat(line).contains("c0 fail, c1 fail").contains("c9 fail and 4990 more; HTTP 503");
    assertThat(line.length()).isLessThan(4096);
  }

  @Test
  void expectsHealthyWhereToldSo() {
    assertThat(judge(200, "{'status':'degraded'}", "--expect", "healthy"))
        .isEqualTo(new Verdict(false, "degraded: HTTP 200 in 12 ms, expected healthy"));
    assertThat(judge(200, "{'status':'healthy'}", "--expect", "healthy").enough()).isTrue();
  }

  @Test
  void refusesAGoodAnswerThatCameTooLate() {
    assertThat(judge(200, "{'status':'healthy'}", "--max-response", "12ms"))
        .isEqualTo(new Verdict(false, "too slow: HTTP 200 in 12 ms, limit 12 ms"));
    assertThat(judge(200, "{'status':'healthy'}", "--max-response", "13ms").enough()).isTrue();
    assertThat(judge(503, "", "--max-response", "2ms").line())
        .isEqualTo("unhealthy: HTTP 503 in 12 ms, limit 2 ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'status':'UP'              | it ends too early at character 14",
        "{'status':'UP','checks':{'a | it ends too early at character 27",
        "{'status':'UP'}}            | it goes on after its end at character 15",
        "{status:UP}                 | a name is missing at character 1",
        "[                           | it ends too early at character 1",
      })
  void doesNotTrustJsonThatIsBroken(String body, String what) {
    assertThat(judge(200, body))
        .isEqualTo(
            new Verdict(false, "unhealthy: HTTP 200 in 12 ms, the body is not JSON: " + what));
  }

  @Test
  void doesNotTrustJsonThatIsNestedWithoutEnd() {
    Verdict verdict = judge(200, "[".repeat(100_000));

    assertThat(verdict.enough()).isFalse();
    assertThat(verdict.line()).contains("the body is not JSON: it is nested too deep");
  }

  @Test
  void doesNotTrustABodyThatItHasNotReadToTheEnd() {
    assertThat(judge(new Answer(200, "", true, null, TWELVE_MS)))
        .isEqualTo(
            new Verdict(false, "unhealthy: HTTP 200 in 12 ms, the body is longer than 256 KB"));
  }

  @Test
  void ignoresAByteOrderMark() {
    assertThat(judge(200, "\ufeff{'status':'DOWN'}").enough()).isFalse();
  }

  @Test
  void keepsAWordThatNoFormatHas() {
    assertThat(judge(200, "{'status':'on fire'}"))
        .isEqualTo(
            new Verdict(true, "degraded: HTTP 200 in 12 ms, status on fire is in no known format"));
  }

  @Test
  void saysWhereItWouldNotFollow() {
    Verdict verdict = judge(new Answer(302, "", false, "https://other/login", TWELVE_MS));

    assertThat(verdict)
        .isEqualTo(
            new Verdict(
                false,
                "unhealthy: HTTP 302 in 12 ms, sent on to https://other/login,"
                    + " where the probe does not follow"));
  }

  @Test
  void printsNeitherSecretsNorControlCharactersOfTheServer() {
    Verdict verdict =
        judge(
            503,
            """
            {'status':'t0ken','reason':'q=secret','checks':{'t0ken\\n\\u001b[31m':
             {'status':'down\\r','message':'Bearer t0ken \\u202e'}}}
            """);

    assertThat(verdict.line())
        .isEqualTo(
            "unhealthy: ***; ***??[31m down? (Bearer *** ?); HTTP 503 in 12 ms,"
                + " status *** is in no known format");
  }

  @Test
  void saysWhyThereIsNoAnswer() {
    IOException refused = new ConnectException("Connection refused");

    assertThat(new Judge(command()).of(refused, 1))
        .isEqualTo(new Verdict(false, "unreachable: host:8081 refuses the connection"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | {'status':'healthy','checks':{'db':{'status':'healthy'}}} | true"
            + " | healthy: HTTP 200 in 12 ms",
        // A server that does not know ?check= says how all is.
        "503 | {'status':'DOWN','components':{'db':{'status':'UP'},'x':{'status':'DOWN'}}} | true"
            + " | healthy: HTTP 503 in 12 ms",
        "200 | {'status':'UP','checks':[{'name':'db','status':'DOWN'}]} | false"
            + " | unhealthy: db DOWN; HTTP 200 in 12 ms",
        "200 | {'status':'pass','checks':{'db:responseTime':[{'status':'warn'}]}} | true"
            + " | degraded: db:responseTime warn; HTTP 200 in 12 ms",
        "200 | {'status':'healthy','checks':{'database':{'status':'healthy'}}} | false"
            + " | unhealthy: no check db in the answer; HTTP 200 in 12 ms",
        "200 | {'status':'healthy'} | false"
            + " | unhealthy: no check db in the answer; HTTP 200 in 12 ms",
        "200 | [+]db ok | true | healthy: HTTP 200 in 12 ms",
        "404 | {'status':'healthy','checks':{'db':{'status':'healthy'}}} | false"
            + " | unhealthy: HTTP 404 in 12 ms although the body says healthy",
      })
  void letsOnlyTheNamedChecksCount(int code, String body, boolean enough, String line) {
    assertThat(judge(code, body, "--checks", "db")).isEqualTo(new Verdict(enough, line));
  }
}
