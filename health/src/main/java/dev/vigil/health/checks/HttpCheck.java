package dev.vigil.health.checks;

import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Unhealthy when an HTTP server does not answer as expected; degraded when it does so slowly or
 * says that it is asked too often.
 *
 * <p>Any 2xx status is as expected unless {@link #expecting} says otherwise. Else 429 is degraded
 * ({@code retryAfterSeconds} in the data where the server says so), 401 and 403 are unhealthy,
 * {@code credentials refused}, and so is all the rest. Redirects are followed up to 5 times within
 * the same host, or from HTTP to HTTPS of it, and never to another. The time that the run has left
 * covers everything, the body too, of which at most 64 KB are read; none of it is ever shown.
 *
 * <pre>{@code
 * HttpCheck.get(URI.create("https://api.example.com/v1/status"))
 *     .header("Authorization", Secret.of("Bearer " + token))
 *     .bodyMatching(body -> body.contains("\"ok\""))
 *     .degradedOver(Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>Uses the JDK's {@code HttpClient}, HTTP/1.1 and the JVM's default proxy selector. Each check
 * has a client of its own, made at its first run, with at most two daemon threads {@code
 * vigil-http-check-<n>} that end after 5 s without work; the JDK adds one of its own per client,
 * which goes some time after the check is unreachable. Data: {@code httpStatus}. Immutable and
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-15">RFC 9110, 15 Status
 *     Codes</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6585.html#section-4">RFC 6585, 4 429 Too Many
 *     Requests</a>
 */
public final class HttpCheck implements HealthCheck {

  /** A vendor that makes its callers wait so long is felt by theirs. */
  private static final Duration DEFAULT_SLOW = Duration.ofSeconds(2);

  private final HttpRequester requester;
  private final HttpExpectation expectation;
  private final Latency latency;
  private final Ticker ticker;

  private HttpCheck(
      HttpRequester requester, HttpExpectation expectation, Latency latency, Ticker ticker) {
    this.requester = requester;
    this.expectation = expectation;
    this.latency = latency;
    this.ticker = ticker;
  }

  /**
   * Asks by GET.
   *
   * @param uri absolute, {@code http} or {@code https}, without user and password
   * @throws IllegalArgumentException if {@code uri} is none of that
   */
  public static HttpCheck get(URI uri) {
    return of("GET", uri, Ticker.system());
  }

  /**
   * Asks by HEAD, for servers that answer it as they should; cheaper where the body is large.
   *
   * @param uri absolute, {@code http} or {@code https}, without user and password
   * @throws IllegalArgumentException if {@code uri} is none of that
   */
  public static HttpCheck head(URI uri) {
    return of("HEAD", uri, Ticker.system());
  }

  static HttpCheck of(String method, URI uri, Ticker ticker) {
    return new HttpCheck(
        HttpRequester.of(method, uri), HttpExpectation.SUCCESS, Latency.over(DEFAULT_SLOW), ticker);
  }

  /**
   * This check with the statuses that are as expected, in place of 2xx. A redirect that is expected
   * is not followed.
   *
   * @param statuses one at least, each from 200 to 599
   * @throws IllegalArgumentException if there is none or one is out of range
   */
  public HttpCheck expecting(int... statuses) {
    return new HttpCheck(requester, expectation.statuses(statuses), latency, ticker);
  }

  /**
   * This check with an expectation of the body: its first 64 KB, by the charset that the answer
   * names, UTF-8 by default. Asked only where the status is as expected.
   *
   * @throws IllegalStateException if this check asks by HEAD, which is answered without a body
   */
  public HttpCheck bodyMatching(Predicate<String> expectation) {
    Objects.requireNonNull(expectation, "expectation");
    if (requester.method().equals("HEAD")) {
      throw new IllegalStateException(
          "bodyMatching(..) needs a body but HEAD is answered without one; use HttpCheck.get(..)");
    }
    return new HttpCheck(requester, this.expectation.body(expectation), latency, ticker);
  }

  /**
   * This check with a request header, in place of one of the same name.
   *
   * @throws IllegalArgumentException if the header cannot be sent: its name is reserved by the
   *     client (such as {@code Host}), or name or value hold what HTTP does not allow
   */
  public HttpCheck header(String name, String value) {
    return new HttpCheck(requester.header(name, value), expectation, latency, ticker);
  }

  /**
   * This check with a request header whose value shows nowhere, in place of one of the same name.
   * Sent to the same host only.
   *
   * @throws IllegalArgumentException as {@link #header(String, String)}; without the value
   */
  public HttpCheck header(String name, Secret value) {
    return header(name, value.reveal());
  }

  /** This check with another trust or key store than the JVM's default. */
  public HttpCheck sslContext(SSLContext context) {
    Objects.requireNonNull(context, "context");
    return new HttpCheck(requester.sslContext(context), expectation, latency, ticker);
  }

  /**
   * This check, degraded where the whole answer takes longer than that.
   *
   * @param limit positive; 2 s by default
   */
  public HttpCheck degradedOver(Duration limit) {
    return new HttpCheck(requester, expectation, Latency.over(limit), ticker);
  }

  @Override
  public HealthResult check(CheckContext context) {
    long start = ticker.read();
    HealthResult result;
    try {
      result = expectation.judge(requester.ask(context, expectation));
    } catch (TimeoutException | CancellationException e) {
      return HealthResult.unhealthy("no complete answer before the time-out");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthResult.unhealthy("interrupted while waiting for the answer", e);
    } catch (IOException e) {
      return HealthResult.unhealthy(why(e), e);
    }
    return latency.judge(result, Duration.ofNanos(ticker.read() - start));
  }

  @Override
  public boolean remote() {
    return true;
  }

  static String why(IOException failure) {
    return failure instanceof ConnectException
        ? "no connection"
        : failure instanceof UnknownHostException
            ? "the host name cannot be resolved"
            : failure instanceof SSLException ? "no secure connection" : "no complete answer";
  }
}
