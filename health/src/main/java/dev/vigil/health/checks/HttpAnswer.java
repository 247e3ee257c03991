package dev.vigil.health.checks;

import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last answer of an exchange: status, headers, the beginning of the body. */
final class HttpAnswer {

  /** Why a redirect was not followed. */
  enum Redirect {
    NONE(""),
    ELSEWHERE("redirected to another host, which is not followed"),
    NOWHERE("redirected without a usable Location"),
    TOO_MANY("redirected more than 5 times");

    private final String why;

    Redirect(String why) {
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Redirect redirect;

  HttpAnswer(int status, HttpHeaders headers, byte[] body, Redirect redirect) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.redirect = redirect;
  }

  int status() {
    return status;
  }

  /** How many bytes of the body have been read. */
  int size() {
    return body.length;
  }

  Redirect redirect() {
    return redirect;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The body as text; what its charset cannot express, and a character cut at the end, is �. */
  String text() {
    return new String(body, charset());
  }

  private Charset charset() {
    Matcher named = CHARSET.matcher(header("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
