package dev.vigil.health.checks;

import dev.vigil.health.HealthStatus;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * What was found at one source.
 *
 * @param name the source's name
 * @param status how it is
 * @param problem what is wrong, to stand behind the name; empty where nothing is
 * @param certificate the one whose end is the earliest, if any was read
 * @param cause what was thrown, if it says more than {@code problem}
 * @param data for readers
 */
record CertificateFinding(
    String name,
    HealthStatus status,
    String problem,
    @Nullable X509Certificate certificate,
    @Nullable Throwable cause,
    Map<String, Object> data) {

  /** No certificate could be read. */
  static CertificateFinding none(String problem, @Nullable Throwable cause) {
    return new CertificateFinding("", HealthStatus.UNHEALTHY, problem, null, cause, Map.of());
  }

  /**
   * Certificates were read.
   *
   * @param chain one at least
   * @param problem what is wrong whatever their dates; empty where nothing is
   */
  static CertificateFinding of(List<X509Certificate> chain, String problem) {
    HealthStatus status = problem.isEmpty() ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY;
    return new CertificateFinding("", status, problem, earliest(chain), null, Map.of());
  }

  /** The one that ends first; a root that others stand on is not the server's to renew. */
  private static X509Certificate earliest(List<X509Certificate> chain) {
    X509Certificate earliest = chain.get(0);
    for (X509Certificate certificate : chain) {
      boolean root =
          certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
      if (!root && end(certificate).isBefore(end(earliest))) {
        earliest = certificate;
      }
    }
    return earliest;
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  Optional<Instant> end() {
    return Optional.ofNullable(certificate).map(CertificateFinding::end);
  }

  /** Sorts what ends first, and what cannot be read at all, to the front. */
  Instant urgency() {
    return end().orElse(Instant.MIN);
  }

  /** This finding with its dates held against now. */
  CertificateFinding judged(CertificateSource source, Instant now, CertificateDays limits) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(source.kind(), source.name());
    HealthStatus judged = status;
    String why = problem;
    if (certificate != null) {
      Instant end = end(certificate);
      double days = CertificateDays.left(now, end);
      if (days < 0) {
        judged = HealthStatus.UNHEALTHY;
        why = "has expired";
      } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
        judged = HealthStatus.UNHEALTHY;
        why = "is not valid yet";
      } else if (problem.isEmpty()) {
        judged = limits.judge(days);
        why = judged == HealthStatus.HEALTHY ? "" : "ends in " + (long) days + " days";
      }
      facts.put("daysLeft", (long) Math.floor(days));
      facts.put("expires", end);
      facts.put("subject", shown(certificate.getSubjectX500Principal()));
      facts.put("issuer", shown(certificate.getIssuerX500Principal()));
    }
    if (!why.isEmpty()) {
      facts.put("problem", why);
    }
    return new CertificateFinding(source.name(), judged, why, certificate, cause, facts);
  }

  private static String shown(X500Principal name) {
    String text = name.getName(X500Principal.RFC2253);
    return text.length() <= 200 ? text : text.substring(0, 199) + "…";
  }
}
