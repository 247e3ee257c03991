package dev.vigil.headers;

import dev.vigil.core.internal.Quoted;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where browsers report what a policy stopped: one endpoint, told in both the new way ({@code
 * Reporting-Endpoints}, {@code report-to}) and the old one ({@code report-uri}), since no browser
 * has had both for long.
 *
 * @param endpoint the endpoint's name
 * @param address a path of the same host, or an {@code https} address
 * @see <a href="https://www.w3.org/TR/reporting-1/">Reporting API</a>
 */
record Reporting(String endpoint, String address) {

  static final String DEFAULT_ENDPOINT = "csp";

  /** Visible ASCII without what would end a directive, a list member or a quoted string. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)?/[A-Za-z0-9._~!$&'()*+=:@%/?-]*");

  Reporting {
    Objects.requireNonNull(address, "address");
  }

  static void checkAddress(String where, String address, Faults faults) {
    if (!ADDRESS.matcher(address).matches() || address.startsWith("//")) {
      faults.add(
          where,
          Quoted.of(address) + " is no address to report to",
          "use a path like /csp-reports, or https:// with a host and a path");
    }
  }

  void check(Faults faults) {
    checkAddress("Reporting-Endpoints", address, faults);
  }

  /** A dictionary of strings, by RFC 9651. */
  String value() {
    return endpoint + "=\"" + address + "\"";
  }
}
