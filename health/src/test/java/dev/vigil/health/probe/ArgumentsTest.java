package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.health.internal.reading.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  private static final String URL = "http://localhost:8081/health/ready";

  @TempDir Path dir;

  private static Command parse(String... args) {
    return Arguments.parse(args, null);
  }

  private static void assertRefused(ThrowingCallable parsing, String message) {
    assertThatThrownBy(parsing).isInstanceOf(WrongUsage.class).hasMessage(message);
  }

  private static List<String> headers(Command command) {
    return command.headers().stream().map(h -> h.name() + "=" + h.value()).toList();
  }

  private static String printed(Command command, String foreign) {
    StringBuilder line = new StringBuilder();
    command.printable().print(foreign, 1000, line);
    return line.toString();
  }

  private String file(String content) throws IOException {
    return "@" + Files.writeString(dir.resolve("secret file"), content);
  }

  @Test
  void hasADefaultForEverythingButTheUrl() {
    Command command = parse(URL);

    assertThat(command.url()).hasToString(URL);
    assertThat(command.expected()).isEqualTo(Status.DEGRADED);
    assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(command.patience()).isZero();
    assertThat(command.maxResponse()).isNull();
    assertThat(command.headers()).isEmpty();
    assertThat(command.warnings()).isEmpty();
  }

  @Test
  void readsOptionsOnBothSidesOfTheUrlAndInBothSpellings() {
    Command command =
        parse("--wait", "60s", URL, "--max-response=500ms", "--expect=healthy", "--timeout", "2s");

    assertThat(command.patience()).isEqualTo(Duration.ofSeconds(60));
    assertThat(command.maxResponse()).isEqualTo(Duration.ofMillis(500));
    assertThat(command.expected()).isEqualTo(Status.HEALTHY);
    assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "HTTP://api.example.com/",
        "http://my_service:8080/health",
        "http://[::1]:8080/health?verbose",
        "http://127.0.0.1"
      })
  void takesHttpAndHttps(String url) {
    assertThat(parse(url).url()).hasToString(url.replace("HTTP:", "http:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "health",
        "localhost:8080/health",
        "ftp://host/health",
        "file:///etc/passwd",
        "jar:file:/a.jar!/b",
        "http:",
        "http://",
        "http:///health",
        "http:health",
        "http://:8080/",
        "http://host:99999/",
        "http://host:port/",
        "http://host/a b",
        "http://host/\r\nX: y",
        "http://host/%",
        "javascript:alert(1)"
      })
  void refusesEveryOtherUrl(String url) {
    assertRefused(() -> parse(url), "the URL must be http://HOST[:PORT]/PATH or https://...");
  }

  @Test
  void refusesCredentialsInTheUrl() {
    assertRefused(
        () -> parse("http://admin:s3cret@host/health"),
        "no credentials in the URL: they show in the process list; use VIGIL_PROBE_TOKEN or"
            + " --header @file");
  }

  @Test
  void needsExactlyOneUrl() {
    assertRefused(() -> parse(), "a URL is needed");
    assertRefused(() -> parse("--wait", "1s"), "a URL is needed");
    assertRefused(() -> parse(URL, URL), "one URL at a time, but there are two");
  }

  @Test
  void refusesAnUnknownOptionWithoutRepeatingItsValue() {
    assertRefused(() -> parse(URL, "--token=s3cret"), "unknown option --token");
    assertRefused(() -> parse(URL, "-k"), "unknown option -k");
    assertRefused(() -> parse(URL, "--a\u001b[2J"), "unknown option --a");
    assertRefused(() -> parse(URL, "-HAuthorization: Bearer s3cret"), "unknown option -H");
    assertRefused(() -> parse(URL, "-ps3cret"), "unknown option -p");
    assertRefused(() -> parse(URL, "-"), "unknown option -");
  }

  @Test
  void refusesAnOptionWithoutItsValue() {
    assertRefused(() -> parse(URL, "--wait"), "--wait needs a value");
  }

  @Test
  void refusesValuesThatMeanNothing() {
    assertRefused(() -> parse(URL, "--expect", "up"), "--expect takes healthy or degraded");
    assertRefused(() -> parse(URL, "--timeout", "0s"), "--timeout must be longer than zero");
    assertRefused(
        () -> parse(URL, "--max-response=0ms"), "--max-response must be longer than zero");
    assertRefused(
        () -> parse(URL, "--timeout=1s", "--max-response=2s"),
        "--max-response must not be longer than --timeout");
  }

  @Test
  void waitsForAnAnswerAsLongAsTheSlowestThatIsGoodEnough() {
    assertThat(parse(URL, "--max-response", "20s").timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(parse(URL, "--max-response", "1s").timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void sendsTheTokenAsBearerAndNeverPrintsIt() {
    Command command = Arguments.parse(new String[] {URL}, " s3cret\n");

    assertThat(headers(command)).containsExactly("Authorization=Bearer s3cret");
    assertThat(printed(command, "you sent Bearer s3cret")).isEqualTo("you sent Bearer ***");
    assertThat(command.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void takesAnEmptyTokenForNone(String token) {
    assertThat(Arguments.parse(new String[] {URL}, token).headers()).isEmpty();
  }

  @Test
  void readsTheTokenFromAFile() throws IOException {
    Command command = Arguments.parse(new String[] {URL}, file("s3cret\n"));

    assertThat(headers(command)).containsExactly("Authorization=Bearer s3cret");
    assertThat(printed(command, "s3cret")).isEqualTo("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "a\r\nX-Evil: 1", "schlüssel", "a\tb", "a\u0000b"})
  void refusesATokenThatIsNotOneWord(String token) {
    assertRefused(
        () -> Arguments.parse(new String[] {URL}, token),
        "VIGIL_PROBE_TOKEN must be one word of printable ASCII, or @file");
  }

  @Test
  void readsHeadersFromAFileAndNeverPrintsTheirValues() throws IOException {
    Command command =
        parse(URL, "--header", file("Authorization: Basic dXNlcg==\r\n\r\nX-Tenant:  a:b \n"));

    assertThat(headers(command)).containsExactly("Authorization=Basic dXNlcg==", "X-Tenant=a:b");
    assertThat(printed(command, "Basic dXNlcg==, dXNlcg==, a:b")).isEqualTo("***, ***, ***");
    assertThat(command.warnings()).isEmpty();
  }

  @Test
  void warnsOfASecretOnTheCommandLineWithoutPrintingIt() {
    Command command = parse(URL, "--header", "X-Api-Key: s3cret");

    assertThat(headers(command)).containsExactly("X-Api-Key=s3cret");
    assertThat(command.warnings())
        .containsExactly(
            "X-Api-Key stands in the process list for all to read;"
                + " use --header @file or VIGIL_PROBE_TOKEN");
    assertThat(printed(command, "s3cret")).isEqualTo("***");
  }

  @Test
  void doesNotWarnOfAnOrdinaryHeader() {
    Command command = parse(URL, "--header", "Accept: text/plain");

    assertThat(command.warnings()).isEmpty();
    assertThat(printed(command, "text/plain")).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NoColon",
        ": value",
        "Na me: value",
        "Name : value",
        "Name:",
        "Name: a\r\nX-Evil: b",
        "Name: a\nb",
        "Näme: a",
        "Name: ä",
        "Name: a\u0000"
      })
  void refusesAHeaderThatIsNotOne(String header) {
    assertRefused(
        () -> parse(URL, "--header", header), "--header must be 'Name: value' in printable ASCII");
  }

  @Test
  void refusesAFileOfOtherThingsWithoutShowingThem() throws IOException {
    String justTheToken = file("s3cret\n");

    assertRefused(
        () -> parse(URL, "--header", justTheToken),
        "a line of the --header file must be 'Name: value' in printable ASCII");
  }

  @Test
  void refusesAFileThatCannotBeRead() throws IOException {
    String large = file("X".repeat(64 * 1024 + 1));
    String missing = "@" + dir.resolve("missing");

    for (String file : List.of(missing, large, "@" + dir, "@")) {
      assertRefused(
          () -> parse(URL, "--header", file),
          "the file of --header cannot be read: none there, no permission, or over 64 KB");
    }
  }

  @Test
  void doesNotRepeatATokenThatLooksLikeAFile() {
    assertRefused(
        () -> Arguments.parse(new String[] {URL}, "@s3cret"),
        "the file of VIGIL_PROBE_TOKEN cannot be read: none there, no permission, or over 64 KB");
  }

  @Test
  void keepsTheQueryOutOfWhatIsPrinted() {
    Command command = parse("http://host:81/health?key=s3cret");

    assertThat(command).hasToString("host:81");
    assertThat(command.authority()).isEqualTo("host:81");
    assertThat(printed(command, "GET /health?key=s3cret")).isEqualTo("GET /health?***");
    assertThat(printed(parse("http://host/health?"), "ab")).isEqualTo("ab");
  }

  @Test
  void showsNoHeadersValueInItsText() {
    assertThat(Header.bearer("s3cret")).hasToString("Authorization: ***");
  }
}
