package dev.vigil.health;

import dev.vigil.core.Finding;
import dev.vigil.core.Finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for set-ups that are allowed and will hurt. */
final class Audit {

  private static final Logger log = LoggerFactory.getLogger(HealthRegistry.class);

  private Audit() {}

  static List<Finding> of(Collection<CheckSlot> slots) {
    List<Finding> findings = new ArrayList<>();
    for (CheckSlot slot : slots) {
      CheckPolicy policy = slot.policy();
      HealthCheck check = slot.sync();
      boolean remote = slot.async() != null || (check != null && check.remote());
      String where = "check \"" + policy.name() + '"';
      if (remote && policy.in(HealthGroup.LIVENESS)) {
        findings.add(
            new Finding(
                Severity.WARNING,
                where,
                "is in the liveness group and asks something outside of this process, which a restart does not cure",
                "take it out of liveness; readiness is where a dependency can belong"));
      }
      if (remote && !policy.scheduled() && policy.cacheFor() == 0) {
        findings.add(
            new Finding(
                Severity.WARNING,
                where,
                "asks something outside for every request (cacheFor is zero), so that a storm of probes is passed on",
                "give it a freshness window or a schedule"));
      }
      if (policy.importance() == Importance.INFORMATIONAL
          && (policy.in(HealthGroup.LIVENESS) || policy.in(HealthGroup.STARTUP))) {
        findings.add(
            new Finding(
                Severity.INFO,
                where,
                "is informational and in a group that only counts",
                "take it out of the group; it is part of the whole anyway"));
      }
    }
    return findings;
  }

  static void warn(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() != Severity.INFO) {
        log.warn("{}", finding);
      }
    }
  }
}
