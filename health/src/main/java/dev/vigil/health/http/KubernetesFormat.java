package dev.vigil.health.http;

import dev.vigil.health.CheckReport;
import dev.vigil.health.HealthReport;
import dev.vigil.health.HealthStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The text that Kubernetes' API server answers: {@code ok}, or a line per check where it was asked
 * to be verbose or something has failed. Why it failed is withheld from everyone, as there; the log
 * has it. It has no degraded: such a check, and such a whole, is {@code ok} with that word behind.
 */
final class KubernetesFormat implements BodyFormat {

  @Override
  public void write(Rendering what, OutputStream out) throws IOException {
    HealthReport report = what.report();
    boolean failed = report.status() == HealthStatus.UNHEALTHY;
    StringBuilder text = new StringBuilder();
    if (!failed && !what.verbose()) {
      text.append(ok(report.status()));
    } else {
      if (report.drill()) {
        text.append("DRILL\n");
      }
      if (what.checks()) {
        for (CheckReport check : report.entries()) {
          line(check, text);
        }
      }
      text.append(what.view()).append(failed ? " check failed\n" : " check passed\n");
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(CheckReport check, StringBuilder text) {
    if (check.status() == HealthStatus.UNHEALTHY) {
      text.append("[-]").append(check.name()).append(" failed: reason withheld\n");
    } else {
      text.append("[+]").append(check.name()).append(' ').append(ok(check.status())).append('\n');
    }
  }

  private static String ok(HealthStatus status) {
    return status == HealthStatus.DEGRADED ? "ok: degraded" : "ok";
  }
}
