package dev.vigil.alerts.notify;

import dev.vigil.alerts.DeliveryException;
import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.internal.http.JsonPost;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;

/** Posts once, and makes of the answer what a channel has to know. Shows no path and no header. */
final class HttpReceiver implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private final URI uri;
  private final JsonPost poster;

  private HttpReceiver(URI uri, JsonPost poster) {
    this.uri = uri;
    this.poster = poster;
  }

  /**
   * A receiver.
   *
   * @param purpose part of its threads' names
   * @param name what the URI is called in a message
   * @throws IllegalArgumentException if {@code uri} is not http or https, with a host and without
   *     user info; the message does not hold it
   */
  static HttpReceiver of(String purpose, String name, Secret uri) {
    // The profile's time-out and retries do not apply: the channel has its own.
    JsonPost poster =
        JsonPost.builder("alert-" + purpose + "-http", Profile.PRODUCTION)
            .connectTimeout(CONNECT)
            .timeout(ATTEMPT)
            .retries(0)
            .build();
    return new HttpReceiver(parse(name, uri), poster);
  }

  private static URI parse(String name, Secret secret) {
    try {
      URI uri = new URI(secret.reveal().strip());
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      // Its message holds what it could not read.
    }
    throw new IllegalArgumentException(
        name + " must be an http or https URI with a host and without user and password");
  }

  void post(Map<String, Secret> headers, byte[] body) throws IOException, DeliveryException {
    JsonPost.Answer answer = poster.post(uri, headers, body);
    if (answer.accepted()) {
      return;
    }
    int status = answer.status();
    String said = "the receiver answered " + answer;
    if (status != 408 && status != 425 && status != 429 && status < 500) {
      throw DeliveryException.permanent(
          status / 100 == 3 ? said + ", and redirects are not followed" : said);
    }
    Duration wait = answer.retryAfter();
    throw wait == null
        ? DeliveryException.temporary(said)
        : DeliveryException.temporary(said, wait);
  }

  @Override
  public void close() {
    poster.close();
  }
}
