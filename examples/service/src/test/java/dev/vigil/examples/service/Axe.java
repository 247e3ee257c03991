package dev.vigil.examples.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Deque's accessibility checker, run in the page that a browser shows.
 *
 * @see <a href="https://github.com/dequelabs/axe-core/blob/develop/doc/API.md">axe-core's API</a>
 */
final class Axe {

  private Axe() {}

  /** What is wrong in a way that axe calls serious or critical: rule, and elements. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Browser browser) throws IOException {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      String script =
          new String(
              Objects.requireNonNull(in, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
      browser.run(script); // the driver's scripts are not subject to the page's policy
    }
    return (List<String>)
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "axe.run({resultTypes: ['violations']}).then(result =>"
                    + " done(result.violations"
                    + ".filter(one => ['serious', 'critical'].includes(one.impact))"
                    + ".map(one => one.id + ': ' + one.nodes.map(node =>"
                    + " node.target + ' ' + node.failureSummary).join('; '))),"
                    + " error => done(['axe failed: ' + error]));");
  }
}
