package dev.vigil.health.probe;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells Slack the verdict by an incoming webhook, whose URL is its password and is never printed.
 * Loaded only when asked for.
 */
final class SlackNote {

  private static final int LIMIT_MILLIS = 5_000;

  private SlackNote() {}

  /**
   * The webhook of the environment.
   *
   * @throws WrongUsage unless it is one
   */
  static URL webhook(@Nullable String text) {
    if (text != null && (text.startsWith("https://") || text.startsWith("http://"))) {
      try {
        return URI.create(text.strip()).toURL();
      } catch (MalformedURLException | IllegalArgumentException notOne) {
        // Not told further: its message repeats it.
      }
    }
    throw new WrongUsage("--notify-slack needs a webhook's URL in VIGIL_PROBE_SLACK");
  }

  /** Posts; a warning if that fails, else null. The verdict stands whatever comes of it. */
  static @Nullable String post(URL webhook, String authority, Verdict verdict) {
    StringBuilder json = new StringBuilder("{\"text\":\"");
    Verdict.escape(authority.concat(": ").concat(verdict.line()), json);
    byte[] body = json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    try {
      HttpURLConnection open = (HttpURLConnection) webhook.openConnection(Proxy.NO_PROXY);
      open.setConnectTimeout(LIMIT_MILLIS);
      open.setReadTimeout(LIMIT_MILLIS);
      open.setInstanceFollowRedirects(false);
      open.setRequestMethod("POST");
      open.setRequestProperty("Content-Type", "application/json");
      open.setDoOutput(true);
      open.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = open.getOutputStream()) {
        out.write(body);
      }
      int code = open.getResponseCode();
      return code / 100 == 2 ? null : "Slack could not be told: HTTP ".concat(String.valueOf(code));
    } catch (IOException | RuntimeException failure) {
      return "Slack could not be told: ".concat(failure.getClass().getName());
    }
  }
}
