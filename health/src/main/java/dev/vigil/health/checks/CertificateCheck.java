package dev.vigil.health.checks;

import dev.vigil.core.Secret;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Degraded, then unhealthy, as TLS certificates come to their end; unhealthy at once where one has
 * expired, is not trusted, or is for another host.
 *
 * <p>A server is asked as a browser would: the name is sent (SNI), the handshake is completed, and
 * the connection closed without sending data. The dates are read even where the certificate is not
 * trusted, so that the reason given is the one to act on. What counts is the earliest end among the
 * certificates presented, without the root at the end of the chain. By default degraded under 30
 * days and unhealthy under 7.
 *
 * <pre>{@code
 * registry.register("certificates", CertificateCheck.servers("example.com", "api.example.com:8443"));
 * registry.register("keystore", CertificateCheck.keyStore(Path.of("server.p12"), password));
 * }</pre>
 *
 * <p>Runs every hour unless its options say otherwise. Eight servers are asked at a time, on
 * threads {@code vigil-certificates-<n>} that end with the run; of more than eight each has its
 * share of the time that is left. Data: {@code certificates}, the one that ends first in front,
 * each with {@code host} (or {@code file}), {@code problem} where there is one, {@code daysLeft},
 * {@code expires}, {@code subject} and {@code issuer}. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5">RFC 5280, 4.1.2.5
 *     Validity</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6066#section-3">RFC 6066, 3 Server Name
 *     Indication</a>
 */
public final class CertificateCheck implements HealthCheck {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 8;

  private final List<CertificateSource> sources;
  private final CertificateDays limits;
  private final @Nullable KeyStore trusted;
  private final InstantSource clock;
  private final Map<String, Double> daysLeft = new ConcurrentHashMap<>();

  private CertificateCheck(
      List<CertificateSource> sources,
      CertificateDays limits,
      @Nullable KeyStore trusted,
      InstantSource clock) {
    this.sources = sources;
    this.limits = limits;
    this.trusted = trusted;
    this.clock = clock;
  }

  /**
   * Asks servers.
   *
   * @param servers one at least, each {@code host} (port 443), {@code host:port} or {@code
   *     [IPv6]:port}
   * @throws IllegalArgumentException if there is none, one is malformed or named twice
   */
  public static CertificateCheck servers(String... servers) {
    List<CertificateSource> sources = new ArrayList<>();
    for (String server : servers) {
      sources.add(TlsServer.parse(server));
    }
    if (sources.isEmpty() || sources.stream().distinct().count() < sources.size()) {
      throw new IllegalArgumentException(
          "servers(..) needs one host at least and each of them once but was given "
              + Arrays.toString(servers));
    }
    return of(sources);
  }

  /**
   * Reads a file of PEM certificates, a server's first and then its issuers'; other blocks, keys
   * among them, are passed over.
   */
  public static CertificateCheck pem(Path file) {
    return of(List.of(CertificateFile.pem(file)));
  }

  /**
   * Reads a key store (PKCS#12 or JKS): all its certificates count.
   *
   * @param password shows nowhere
   */
  public static CertificateCheck keyStore(Path file, Secret password) {
    return of(List.of(CertificateFile.keyStore(file, password)));
  }

  private static CertificateCheck of(List<CertificateSource> sources) {
    return new CertificateCheck(
        List.copyOf(sources), CertificateDays.STANDARD, null, InstantSource.system());
  }

  /**
   * This check with other limits.
   *
   * @param degradedUnder days, more than {@code unhealthyUnder}; 30 by default
   * @param unhealthyUnder days, 0 or more; 7 by default
   * @throws IllegalArgumentException if the two are out of range or out of order
   */
  public CertificateCheck daysLeft(int degradedUnder, int unhealthyUnder) {
    return new CertificateCheck(
        sources, new CertificateDays(degradedUnder, unhealthyUnder), trusted, clock);
  }

  /**
   * This check with other authorities to trust than the JVM's default; for servers.
   *
   * @param authorities holds the certificates of who may sign
   */
  public CertificateCheck trusting(KeyStore authorities) {
    return new CertificateCheck(
        sources, limits, Objects.requireNonNull(authorities, "authorities"), clock);
  }

  /** What it looks at: the hosts, or the file's name. */
  public List<String> names() {
    return sources.stream().map(CertificateSource::name).toList();
  }

  /**
   * Days that a certificate had left at the last run, negative where it has expired; empty before
   * the first, and where there was none to read.
   *
   * @param name one of {@link #names()}
   */
  public OptionalDouble daysLeft(String name) {
    Double days = daysLeft.get(name);
    return days == null ? OptionalDouble.empty() : OptionalDouble.of(days);
  }

  @Override
  public HealthResult check(CheckContext context) throws Exception {
    List<CertificateFinding> findings = new ArrayList<>();
    if (sources.size() == 1) {
      findings.add(find(context, 0));
    } else {
      findings.addAll(findAll(context));
    }
    findings.sort(Comparator.comparing(CertificateFinding::urgency));
    return result(findings);
  }

  private List<CertificateFinding> findAll(CheckContext context) throws Exception {
    ExecutorService askers =
        Executors.newFixedThreadPool(
            Math.min(sources.size(), MOST_AT_ONCE), VigilThreads.named("certificates"));
    try {
      List<Future<CertificateFinding>> asked = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        int index = i;
        asked.add(askers.submit(() -> find(context, index)));
      }
      List<CertificateFinding> findings = new ArrayList<>();
      for (Future<CertificateFinding> one : asked) {
        findings.add(one.get());
      }
      return findings;
    } finally {
      askers.shutdownNow();
    }
  }

  private CertificateFinding find(CheckContext context, int index) {
    CertificateSource source = sources.get(index);
    int turnsLeft = (sources.size() - 1) / MOST_AT_ONCE - index / MOST_AT_ONCE + 1;
    CertificateFinding finding =
        context.cancelled()
            ? CertificateFinding.none("not asked before the time-out", null)
            : source.look(context, turnsLeft, trusted);
    finding
        .end()
        .ifPresentOrElse(
            end -> daysLeft.put(source.name(), CertificateDays.left(clock.instant(), end)),
            () -> daysLeft.remove(source.name()));
    return finding.judged(source, clock.instant(), limits);
  }

  private static HealthResult result(List<CertificateFinding> findings) {
    HealthStatus worst = HealthStatus.HEALTHY;
    List<String> problems = new ArrayList<>();
    Throwable cause = null;
    for (CertificateFinding finding : findings) {
      worst = worst.compareTo(finding.status()) >= 0 ? worst : finding.status();
      if (finding.status() != HealthStatus.HEALTHY) {
        problems.add(finding.name() + " " + finding.problem());
        cause = cause == null ? finding.cause() : cause;
      }
    }
    HealthResult result =
        problems.isEmpty()
            ? HealthResult.healthy()
            : HealthResult.of(worst, String.join("; ", problems));
    return (cause == null ? result : result.withCause(cause))
        .with("certificates", findings.stream().map(CertificateFinding::data).toList());
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public Optional<Duration> interval() {
    return Optional.of(HOUR);
  }
}
