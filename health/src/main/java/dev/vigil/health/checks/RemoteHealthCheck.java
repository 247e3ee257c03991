package dev.vigil.health.checks;

import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.internal.Chain;
import dev.vigil.health.internal.reading.HealthBody;
import dev.vigil.health.internal.reading.Reading;
import dev.vigil.health.internal.reading.Status;
import dev.vigil.health.internal.reading.WrongCheck;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * As healthy as another service says that it is: reads Vigil's format, {@code
 * application/health+json}, Spring Boot Actuator's, MicroProfile Health's and Kubernetes' text.
 *
 * <p>Status code and body must both be good, the worse of the two counts: a code other than 2xx is
 * unhealthy whatever the body says. A body that is in none of the formats, is broken or longer than
 * 64 KB is unhealthy, since what it says is not known. Redirects are followed as by {@link
 * HttpCheck}.
 *
 * <pre>{@code
 * RemoteHealthCheck.of(URI.create("https://billing.example.com/health"))
 *     .header("Authorization", Secret.of("Bearer " + token));
 * }</pre>
 *
 * <p><b>Chains without loops.</b> Services may look at each other, in a circle too: what a Vigil
 * endpoint answers to this check leaves out those of its own remote checks that would lead back to
 * the asker, and those of which that is not known before their first answer. So nobody waits for
 * itself, and no failure keeps itself alive. Services with other endpoints in the circle are not
 * known to be part of it.
 *
 * <p>Runs every 30 s unless its options say otherwise. Data: {@code httpStatus}, and {@code wrong},
 * the names of up to 20 checks that are not healthy there, as far as the service tells them. Why
 * they are not is not repeated. Thread-safe.
 */
public final class RemoteHealthCheck implements HealthCheck {

  private static final Duration DEFAULT_SLOW = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final int NAMED = 20;
  private static final int LONGEST_NAME = 100;

  private final HttpRequester requester;
  private final Latency latency;
  private final Ticker ticker;
  private volatile @Nullable List<String> chain;

  private RemoteHealthCheck(HttpRequester requester, Latency latency, Ticker ticker) {
    this.requester = requester;
    this.latency = latency;
    this.ticker = ticker;
  }

  /**
   * Asks an endpoint by GET.
   *
   * @param uri absolute, {@code http} or {@code https}, without user and password
   * @throws IllegalArgumentException if {@code uri} is none of that
   */
  public static RemoteHealthCheck of(URI uri) {
    HttpRequester requester =
        HttpRequester.of("GET", uri)
            .header("Accept", "application/json, application/health+json;q=0.9, */*;q=0.5")
            .header(Chain.VIA, Chain.SELF);
    return new RemoteHealthCheck(requester, Latency.over(DEFAULT_SLOW), Ticker.system());
  }

  /**
   * This check with a request header whose value shows nowhere, in place of one of the same name.
   *
   * @throws IllegalArgumentException if the header cannot be sent; without the value
   */
  public RemoteHealthCheck header(String name, Secret value) {
    return new RemoteHealthCheck(requester.header(name, value.reveal()), latency, ticker);
  }

  /** This check with another trust or key store than the JVM's default. */
  public RemoteHealthCheck sslContext(SSLContext context) {
    return new RemoteHealthCheck(requester.sslContext(context), latency, ticker);
  }

  /**
   * This check, degraded where the whole answer takes longer than that.
   *
   * @param limit positive; 2 s by default
   */
  public RemoteHealthCheck degradedOver(Duration limit) {
    return new RemoteHealthCheck(requester, Latency.over(limit), ticker);
  }

  @Override
  public HealthResult check(CheckContext context) {
    long start = ticker.read();
    HttpAnswer answer;
    try {
      answer = requester.ask(context, HttpExpectation.SUCCESS);
    } catch (TimeoutException | CancellationException e) {
      return failed("no complete answer before the time-out", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted while waiting for the answer", e);
    } catch (IOException e) {
      return failed(HttpCheck.why(e), e);
    }
    List<String> ids = Chain.parse(answer.header(Chain.CHAIN).orElse(null));
    chain = ids;
    return latency.judge(judge(answer), Duration.ofNanos(ticker.read() - start));
  }

  /** That it cannot be reached is a fact of its own, and leads to no one. */
  private HealthResult failed(String why, @Nullable Throwable cause) {
    if (chain == null) {
      chain = List.of();
    }
    HealthResult result = HealthResult.unhealthy(why);
    return cause == null ? result : result.withCause(cause);
  }

  private static HealthResult judge(HttpAnswer answer) {
    Reading reading = new Reading();
    String text = answer.text();
    String broken =
        answer.size() >= BodyStart.LIMIT ? "is longer than 64 KB" : HealthBody.read(text, reading);
    boolean success = answer.status() / 100 == 2;
    HealthResult result;
    if (answer.redirect() != HttpAnswer.Redirect.NONE) {
      result = HealthResult.unhealthy(answer.redirect().why());
    } else if (broken != null) {
      result = HealthResult.unhealthy("the body " + broken);
    } else if (answer.status() == 401 || answer.status() == 403) {
      result = HealthResult.unhealthy("credentials refused");
    } else if (reading.status() == null) {
      result =
          HealthResult.unhealthy(
              success ? "the body is in no known format" : "answered HTTP " + answer.status());
    } else {
      result = judge(reading.status(), success, reading.wrong());
    }
    List<String> names = names(reading.wrong());
    result = result.with("httpStatus", answer.status());
    return names.isEmpty() ? result : result.with("wrong", names);
  }

  private static HealthResult judge(Status said, boolean success, List<WrongCheck> wrong) {
    HealthStatus status =
        switch (said) {
          case HEALTHY -> HealthStatus.HEALTHY;
          case DEGRADED -> HealthStatus.DEGRADED;
          case UNHEALTHY -> HealthStatus.UNHEALTHY;
        };
    if (!success && status != HealthStatus.UNHEALTHY) {
      return HealthResult.unhealthy("answered with an error although it says " + status.word());
    }
    List<String> names = names(wrong);
    return status == HealthStatus.HEALTHY
        ? HealthResult.healthy()
        : HealthResult.of(
            status,
            "says that it is "
                + status.word()
                + (names.isEmpty() ? "" : ": " + String.join(", ", names)));
  }

  /** Names are a stranger's text: those that are no names are not repeated. */
  private static List<String> names(List<WrongCheck> wrong) {
    List<String> names = new ArrayList<>();
    for (WrongCheck check : wrong) {
      boolean plain =
          check.name().length() <= LONGEST_NAME && check.name().matches("[A-Za-z0-9._:/ -]+");
      if (names.size() < NAMED && plain) {
        names.add(check.name());
      }
    }
    return names;
  }

  /** Whether the check has come back once, so that {@link #chain()} can be relied on. */
  public boolean chainKnown() {
    return chain != null;
  }

  /** The ids of the services whose health is in the last answer; for our own endpoint. */
  public List<String> chain() {
    List<String> known = chain;
    return known == null ? List.of() : known;
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.of(INTERVAL);
  }
}
