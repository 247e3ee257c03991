package dev.vigil.headers;

import dev.vigil.core.internal.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to hold between the headers of one policy, beyond what each has to keep by itself. */
final class PolicyCheck {

  private final Faults faults;

  PolicyCheck(Faults faults) {
    this.faults = faults;
  }

  void csp(String header, @Nullable CspBuilder policy, @Nullable Reporting reporting) {
    if (policy == null) {
      return;
    }
    policy.check(header, faults);
    Directive reportTo = policy.get("report-to");
    if (reportTo != null && (reporting == null || !reportTo.has(reporting.endpoint()))) {
      faults.add(
          header + " report-to",
          "no such endpoint is declared",
          "call reporting(..), which writes both");
    }
    if (header.equals(SecurityHeaders.CSP_REPORT_ONLY)) {
      reportOnly(header, policy);
    }
  }

  /** CSP Level 3, 6: what browsers ignore in a policy that is not enforced. */
  private void reportOnly(String header, CspBuilder policy) {
    for (String ignored : List.of("sandbox", "upgrade-insecure-requests")) {
      if (policy.has(ignored)) {
        faults.add(header + " " + ignored, "browsers ignore it here", "put it into csp(..)");
      }
    }
  }

  void values(SecurityHeadersBuilder policy) {
    if (policy.hsts != null) {
      policy.hsts.check(faults);
    }
    if (policy.permissions != null) {
      policy.permissions.check(faults);
    }
    if (policy.reporting != null) {
      policy.reporting.check(faults);
    }
    if (policy.cacheControl != null) {
      HeaderText.checkValue(SecurityHeaders.CACHE_CONTROL, policy.cacheControl, faults);
    }
  }

  void plain(Map<String, String> plain, List<String> twice, Set<String> removed) {
    for (String name : twice) {
      faults.add("header " + Quoted.of(name), "is given twice", "give it once");
    }
    plain.forEach((name, value) -> PlainHeaders.check(name, value, faults));
    for (String name : removed) {
      boolean set = plain.keySet().stream().anyMatch(name::equalsIgnoreCase);
      PlainHeaders.checkRemoved(name, set, faults);
    }
  }

  void caching(boolean nonce, @Nullable String cacheControl) {
    if (nonce && cacheControl != null && !neverStored(cacheControl)) {
      faults.add(
          SecurityHeaders.CACHE_CONTROL,
          Quoted.of(cacheControl) + " lets a page be stored whose nonce is for one answer",
          "write no-store, or a policy without a nonce for this path");
    }
  }

  void count(int plain, int most) {
    int typed = 12;
    if (plain + typed > most) {
      faults.add("headers", plain + " are given by name", "keep to " + (most - typed));
    }
  }

  static boolean neverStored(String cacheControl) {
    for (String directive : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (directive.strip().equals("no-store")) {
        return true;
      }
    }
    return false;
  }
}
