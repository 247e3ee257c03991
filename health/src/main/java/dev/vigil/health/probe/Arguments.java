package dev.vigil.health.probe;

import dev.vigil.health.internal.reading.Status;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the command line and the token into a {@link Command}. Not thread-safe. */
final class Arguments {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** No file of headers is larger; a wrong path may be a device that never ends. */
  private static final int LARGEST_FILE = 64 * 1024;

  private final List<Header> headers = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable URL url;
  private Status expected = Status.DEGRADED;
  private Duration wait = Duration.ZERO;
  private @Nullable Duration timeout;
  private @Nullable Duration maxResponse;
  private Duration stable = Duration.ZERO;
  private final List<String> checks = new ArrayList<>();
  private @Nullable Severity failOn;
  private boolean json;
  private boolean slack;

  private Arguments() {}

  /**
   * Reads a command line.
   *
   * @param token the bearer token, {@code @} and the path of a file that holds it, or null
   * @throws WrongUsage when it cannot be obeyed
   */
  static Command parse(String[] args, @Nullable String token) {
    Arguments arguments = new Arguments();
    if (token != null && !token.isBlank()) {
      arguments.token(token.strip());
    }
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (!arg.startsWith("-")) {
        arguments.url(arg);
        continue;
      }
      if (arg.equals("--json")) {
        arguments.json = true;
        continue;
      }
      if (arg.equals("--notify-slack")) {
        arguments.slack = true;
        continue;
      }
      int equals = arg.indexOf('=');
      String option = equals < 0 ? arg : arg.substring(0, equals);
      requireKnown(option);
      if (equals < 0 && ++i == args.length) {
        throw new WrongUsage(option + " needs a value");
      }
      arguments.option(option, equals < 0 ? args[i] : arg.substring(equals + 1));
    }
    return arguments.command();
  }

  private static void requireKnown(String option) {
    switch (option) {
      case "--wait",
          "--max-response",
          "--expect",
          "--header",
          "--timeout",
          "--checks",
          "--stable",
          "--fail-on" -> {}
      default -> throw new WrongUsage("unknown option ".concat(nameOf(option)));
    }
  }

  /** As much as is surely a name: other programs take values without a space, as in -pSECRET. */
  private static String nameOf(String option) {
    int end = 1;
    while (end < option.length() && isNameCharacter(option.charAt(end))) {
      end++;
    }
    return option.substring(0, option.startsWith("--") ? end : Math.min(end, 2));
  }

  private static boolean isNameCharacter(char c) {
    return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void option(String option, String value) {
    switch (option) {
      case "--wait" -> wait = Span.parse(option, value);
      case "--max-response" -> maxResponse = positive(option, Span.parse(option, value));
      case "--timeout" -> timeout = positive(option, Span.parse(option, value));
      case "--expect" -> expected = expected(value);
      case "--checks" -> checks(value);
      case "--stable" -> stable = Span.parse(option, value);
      case "--fail-on" -> failOn = Severity.parse(value);
      default -> header(value);
    }
  }

  private static Duration positive(String option, Duration span) {
    if (span.isZero()) {
      throw new WrongUsage(option + " must be longer than zero");
    }
    return span;
  }

  private static Status expected(String value) {
    return switch (value) {
      case "healthy" -> Status.HEALTHY;
      case "degraded" -> Status.DEGRADED;
      default -> throw new WrongUsage("--expect takes healthy or degraded");
    };
  }

  private void checks(String value) {
    int start = 0;
    while (start <= value.length()) {
      int comma = value.indexOf(',', start);
      int end = comma < 0 ? value.length() : comma;
      String name = value.substring(start, end).strip();
      if (!isCheckName(name)) {
        throw new WrongUsage("--checks takes names with commas between, like database,cache");
      }
      checks.add(name);
      start = end + 1;
    }
  }

  /** What Vigil has for names, so that nothing has to be escaped in a query. */
  private static boolean isCheckName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric = isNameCharacter(c) || (c >= '0' && c <= '9');
      if (!alphanumeric && c != '.' && c != '_' && c != ':') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 100;
  }

  /** The URL that asks for the wanted checks alone; other servers than Vigil pass over that. */
  private URL narrowed(URL whole) {
    if (checks.isEmpty()) {
      return whole;
    }
    StringBuilder text = new StringBuilder(whole.toString());
    int fragment = text.indexOf("#");
    text.setLength(fragment < 0 ? text.length() : fragment);
    for (int i = 0; i < checks.size(); i++) {
      boolean first = i == 0 && whole.getQuery() == null;
      text.append(first ? "?check=" : "&check=").append(checks.get(i));
    }
    return parseUrl(text.toString());
  }

  private void url(String text) {
    if (url != null) {
      throw new WrongUsage("one URL at a time, but there are two");
    }
    URL parsed = parseUrl(text);
    if (parsed.getUserInfo() != null) {
      throw new WrongUsage(
          "no credentials in the URL: they show in the process list; use VIGIL_PROBE_TOKEN or"
              + " --header @file");
    }
    if (parsed.getQuery() != null && !parsed.getQuery().isEmpty()) {
      secrets.add(parsed.getQuery());
    }
    url = parsed;
  }

  private static URL parseUrl(String text) {
    try {
      // URI is strict about characters; URL knows host names with an underscore, as Compose has.
      URI uri = new URI(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if (http || "https".equalsIgnoreCase(uri.getScheme())) {
        URL url = uri.toURL();
        if (!url.getHost().isEmpty() && url.getPort() <= 65_535) {
          return url;
        }
      }
    } catch (URISyntaxException | MalformedURLException | IllegalArgumentException notOne) {
      // Not told further: its message repeats the argument, which may hold a secret.
    }
    throw new WrongUsage("the URL must be http://HOST[:PORT]/PATH or https://...");
  }

  private void token(String given) {
    String token = given.startsWith("@") ? read(given, "VIGIL_PROBE_TOKEN").strip() : given;
    if (!Header.isPrintable(token) || token.indexOf(' ') >= 0 || token.indexOf('\t') >= 0) {
      throw new WrongUsage("VIGIL_PROBE_TOKEN must be one word of printable ASCII, or @file");
    }
    secrets.add(token);
    headers.add(Header.bearer(token));
  }

  private void header(String value) {
    if (value.startsWith("@")) {
      for (String line : read(value, "--header").split("\n", -1)) {
        if (!line.isBlank()) {
          Header header = Header.parse(line.strip(), "a line of the --header file");
          keepSecret(header);
          headers.add(header);
        }
      }
      return;
    }
    Header header = Header.parse(value, "--header");
    if (header.secret()) {
      keepSecret(header);
      warnings.add(
          header.name()
              + " stands in the process list for all to read;"
              + " use --header @file or VIGIL_PROBE_TOKEN");
    }
    headers.add(header);
  }

  /** The value, and what follows the scheme in one like {@code Bearer abc}. */
  private void keepSecret(Header header) {
    secrets.add(header.value());
    secrets.add(header.value().substring(header.value().indexOf(' ') + 1).strip());
  }

  private static String read(String atPath, String who) {
    try (InputStream in = new FileInputStream(atPath.substring(1))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length <= LARGEST_FILE) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException unreadable) {
      // Told below without the path: a token that begins with @ is not one.
    }
    throw new WrongUsage(
        "the file of " + who + " cannot be read: none there, no permission, or over 64 KB");
  }

  private Command command() {
    if (url == null) {
      throw new WrongUsage("a URL is needed");
    }
    Duration limit = timeout == null ? TIMEOUT : timeout;
    if (maxResponse != null && maxResponse.compareTo(limit) > 0) {
      if (timeout != null) {
        throw new WrongUsage("--max-response must not be longer than --timeout");
      }
      limit = maxResponse;
    }
    return new Command(
        narrowed(url),
        expected,
        limit,
        wait,
        maxResponse,
        stable,
        List.copyOf(checks),
        failOn,
        json,
        slack,
        List.copyOf(headers),
        new Printable(secrets),
        List.copyOf(warnings));
  }
}
