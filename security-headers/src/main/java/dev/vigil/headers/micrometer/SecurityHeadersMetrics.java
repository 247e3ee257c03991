package dev.vigil.headers.micrometer;

import dev.vigil.headers.ContentSecurityPolicy;
import dev.vigil.headers.servlet.CspReportServlet;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes what the filter and the report servlet count. The series are fixed by the list of CSP's
 * directives: no client can make new ones.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>tags</th><th>counts</th></tr>
 * <tr><td>{@code vigil.csp.reports}</td><td>directive, disposition</td><td>reports of violations</td></tr>
 * <tr><td>{@code vigil.csp.reports.dropped}</td><td>reason</td><td>reports that did not count</td></tr>
 * <tr><td>{@code vigil.headers.committed}</td><td></td><td>answers committed before the filter ran</td></tr>
 * </table>
 */
public final class SecurityHeadersMetrics {

  private SecurityHeadersMetrics() {}

  /** Publishes the counts of a report servlet. */
  public static void bind(CspReportServlet reports, MeterRegistry registry) {
    Objects.requireNonNull(reports, "reports");
    Set<String> directives = new TreeSet<>(ContentSecurityPolicy.knownDirectives());
    directives.add("other");
    for (String directive : directives) {
      for (boolean enforced : new boolean[] {true, false}) {
        FunctionCounter.builder(
                "vigil.csp.reports", reports, servlet -> servlet.count(directive, enforced))
            .tag("directive", directive)
            .tag("disposition", enforced ? "enforce" : "report")
            .description("Violations of the content security policy that browsers reported")
            .register(registry);
      }
    }
    for (CspReportServlet.Dropped why : CspReportServlet.Dropped.values()) {
      FunctionCounter.builder("vigil.csp.reports.dropped", reports, servlet -> servlet.dropped(why))
          .tag("reason", why.name().toLowerCase(Locale.ROOT))
          .description("Reports that did not count by their directive")
          .register(registry);
    }
  }

  /** Publishes the counts of a filter. */
  public static void bind(SecurityHeadersFilter filter, MeterRegistry registry) {
    FunctionCounter.builder(
            "vigil.headers.committed", filter, SecurityHeadersFilter::committedBefore)
        .description("Answers that were committed before the security headers could be written")
        .register(registry);
  }
}
