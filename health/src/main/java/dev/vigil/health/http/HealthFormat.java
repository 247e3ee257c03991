package dev.vigil.health.http;

import dev.vigil.core.Redactor;
import dev.vigil.health.HealthReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form in which health is written. Callers choose by {@code Accept} or by {@code ?format=} and
 * {@link #parameter()}.
 */
public enum HealthFormat {
  /**
   * Ours: {@code status}, {@code timestamp}, and {@code checks} by name. Sent as {@code
   * application/json}.
   */
  NATIVE("native", "application/json"),
  /**
   * {@code application/health+json}: pass, warn, fail.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06">Health
   *     Check Response Format for HTTP APIs, draft 06</a>
   */
  HEALTH_JSON("health+json", "application/health+json"),
  /**
   * What Spring Boot Actuator's health endpoint answers, for tools that read that: UP, DOWN.
   * Degraded is UP with a detail that says so.
   */
  ACTUATOR("actuator", "application/vnd.spring-boot.actuator.v3+json"),
  /**
   * The text of Kubernetes' own health endpoints: {@code ok}, or with {@code ?verbose} a line per
   * check.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/health-checks/">Kubernetes API
   *     health endpoints</a>
   */
  KUBERNETES("kubernetes", HealthFormat.TEXT_TYPE),
  /**
   * MicroProfile Health 4. Degraded is UP with an entry of data that says so. Shares its media type
   * with {@link #NATIVE}, so it is chosen by name or as the endpoint's default.
   *
   * @see <a
   *     href="https://download.eclipse.org/microprofile/microprofile-health-4.0/microprofile-health-spec-4.0.html">MicroProfile
   *     Health 4.0</a>
   */
  MICROPROFILE("microprofile", "application/json");

  static final String TEXT_TYPE = "text/plain;charset=utf-8";

  private static final HealthFormat[] ALL = values();

  private final String parameter;
  private final String contentType;

  HealthFormat(String parameter, String contentType) {
    this.parameter = parameter;
    this.contentType = contentType;
  }

  /** The name by which {@code ?format=} chooses it. */
  public String parameter() {
    return parameter;
  }

  /** What it is sent as, for {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /**
   * Writes a report in this form, for whoever sends it elsewhere than an {@link HealthEndpoint}
   * does: the list of all checks, in UTF-8, redacted by {@link Redactor#standard()}.
   *
   * @param level how much of it
   */
  public byte[] write(HealthReport report, Disclosure level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try {
      BodyFormat.of(this)
          .write(
              new Rendering(report, level, "healthz", true, List.of(), Redactor.standard()), out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // memory does not fail
    }
    return out.toByteArray();
  }

  static @Nullable HealthFormat byParameter(String name) {
    for (HealthFormat format : ALL) {
      if (format.parameter.equals(name)) {
        return format;
      }
    }
    return null;
  }

  static List<String> parameters() {
    return Arrays.stream(ALL).map(HealthFormat::parameter).toList();
  }
}
