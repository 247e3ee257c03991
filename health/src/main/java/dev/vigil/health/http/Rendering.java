package dev.vigil.health.http;

import dev.vigil.core.Redactor;
import dev.vigil.health.HealthReport;
import java.util.List;

/**
 * What is to be written, and for whom.
 *
 * @param report what was found
 * @param level how much of it the caller may see
 * @param view what was asked, in the words of Kubernetes' API server: {@code healthz}, {@code
 *     livez}, {@code readyz}
 * @param verbose whether the caller wants a line per check where the format has a short form
 * @param groups names of the groups that can be asked, where the format lists them
 * @param redactor what all text passes that a check or the application has given
 */
record Rendering(
    HealthReport report,
    Disclosure level,
    String view,
    boolean verbose,
    List<String> groups,
    Redactor redactor) {

  boolean checks() {
    return level != Disclosure.STATUS;
  }

  boolean details() {
    return level == Disclosure.DETAILS;
  }
}
