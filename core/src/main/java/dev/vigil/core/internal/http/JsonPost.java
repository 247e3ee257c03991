package dev.vigil.core.internal.http;

import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Quoted;
import dev.vigil.core.internal.Require;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to a receiver: a notifier's, a shipper's, a webhook's.
 *
 * <p>An attempt ends within its time-out, the answer's body included, whatever the receiver does;
 * at most 64 KB of the answer are read. Redirects are not followed, since a receiver that moved
 * would take the credentials along. What may be sent again is sent again, see {@link RetryRule}. No
 * header, no body and no path (a webhook's is its password) is ever logged or part of a message.
 *
 * <p>Blocks its caller, so call it on a thread of one's own. Thread-safe. One per owner, closed
 * with it: {@link #close()} ends what is under way and the worker threads. JDK 21 and later close
 * the client's selector thread then; on 17 to 20 it ends when the client is collected as garbage.
 */
public final class JsonPost implements AutoCloseable {

  private final Exchanges exchanges;
  private final Duration timeout;
  private final RetryRule rule;
  private final InstantSource clock;
  private final DoubleSupplier random;

  private JsonPost(Builder builder) {
    timeout = builder.timeout;
    rule = new RetryRule(builder.retries);
    clock = builder.clock;
    random = builder.random;
    Duration connect = builder.connectTimeout;
    exchanges =
        new Exchanges(
            builder.purpose, connect.compareTo(timeout) < 0 ? connect : timeout, builder.ticker);
  }

  /**
   * A poster with the profile's time-out and retries, which connects within two seconds.
   *
   * @param purpose part of its threads' names, for example {@code "slack"}
   */
  public static Builder builder(String purpose, Profile profile) {
    return new Builder(purpose, profile);
  }

  /**
   * Posts and returns the last answer, of whatever status.
   *
   * @param uri http or https, with a host and without user info
   * @param headers by name; every value counts as a secret. {@code Content-Type} is {@code
   *     application/json} unless it is among them
   * @param json the body, sent as it is
   * @throws IllegalArgumentException if {@code uri} or a header cannot be sent; the message holds
   *     neither
   * @throws java.net.http.HttpTimeoutException if no complete answer came in time
   * @throws java.io.InterruptedIOException if the thread was interrupted; its flag stays set
   * @throws IOException if there is no answer for another reason, or this is closed
   */
  public Answer post(URI uri, Map<String, Secret> headers, byte[] json) throws IOException {
    HttpRequest request = request(uri, headers, json);
    for (int attempt = 0; ; attempt++) {
      Optional<Duration> wait;
      try {
        Answer answer = exchanges.send(request, timeout, this::answer);
        wait = rule.afterAnswer(attempt, answer, random.getAsDouble());
        if (wait.isEmpty()) {
          return answer;
        }
      } catch (IOException failure) {
        wait = rule.afterFailure(attempt, failure, random.getAsDouble());
        if (wait.isEmpty()) {
          throw failure;
        }
      }
      exchanges.pause(wait.get());
    }
  }

  private Answer answer(int status, @Nullable String retryAfter, String body) {
    Optional<Duration> wait =
        retryAfter == null ? Optional.empty() : RetryRule.retryAfter(retryAfter, clock.instant());
    return new Answer(status, body, wait.orElse(null));
  }

  private static HttpRequest request(URI uri, Map<String, Secret> headers, byte[] json) {
    boolean web =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "a receiver's URI must be http or https, with a host and without user info;"
              + " put credentials in a header");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(json));
    boolean typed = false;
    for (Map.Entry<String, Secret> header : headers.entrySet()) {
      String value = header.getValue().reveal();
      // HttpRequest would refuse it too, with the value in its message.
      if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > 0xff)) {
        throw new IllegalArgumentException(
            "the value of header "
                + Quoted.of(header.getKey())
                + " holds characters that a header cannot");
      }
      request.setHeader(header.getKey(), value);
      typed |= header.getKey().equalsIgnoreCase("Content-Type");
    }
    return typed ? request.build() : request.setHeader("Content-Type", "application/json").build();
  }

  /** Ends what is under way, with an IOException for whoever waits. Idempotent. */
  @Override
  public void close() {
    exchanges.close();
  }

  /**
   * What a receiver answered.
   *
   * @param status the status code
   * @param body at most 64 KB of the body; written by a stranger, so not for a log as it is
   * @param retryAfter how long it asks to wait; null where it does not
   */
  public record Answer(int status, String body, @Nullable Duration retryAfter) {

    /** Whether the status is one of 200 to 299. */
    public boolean accepted() {
      return status / 100 == 2;
    }

    /** The status alone. */
    @Override
    public String toString() {
      return "HTTP status " + status;
    }
  }

  /** Collects settings. Not thread-safe; can be used again after {@link #build()}. */
  public static final class Builder {

    private final String purpose;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Duration timeout;
    private int retries;
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder(String purpose, Profile profile) {
      this.purpose = Objects.requireNonNull(purpose, "purpose");
      timeout = profile.outboundTimeout();
      retries = profile.retries();
    }

    /** How long connecting may take; never longer than the time-out. */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = Require.positive("connectTimeout", connectTimeout);
      return this;
    }

    /** How long one attempt may take, from connecting to the last byte read. */
    public Builder timeout(Duration timeout) {
      this.timeout = Require.positive("timeout", timeout);
      return this;
    }

    /** How often to send again what may be sent again, from 0 to 10. */
    public Builder retries(int retries) {
      this.retries = Require.between("retries", 0, 10, retries);
      return this;
    }

    /** The clock for time-outs and waits. */
    public Builder ticker(Ticker ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      return this;
    }

    /** The clock that dates in {@code Retry-After} are compared with. */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    Builder random(DoubleSupplier random) {
      this.random = random;
      return this;
    }

    /** The poster. */
    public JsonPost build() {
      return new JsonPost(this);
    }
  }
}
