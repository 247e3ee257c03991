package dev.vigil.alerts;

import dev.vigil.core.Finding;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start what the meters tell of the rules. */
final class StartLines {

  private static final Logger log = LoggerFactory.getLogger(AlertEngine.class);

  /** Whoever has more reads {@link AlertEngine#audit}. */
  private static final int MOST = 20;

  private StartLines() {}

  static void write(List<Finding> findings) {
    findings.stream().limit(MOST).forEach(StartLines::write);
    if (findings.size() > MOST) {
      log.warn("and {} more findings of alert rules; audit() has all", findings.size() - MOST);
    }
  }

  private static void write(Finding finding) {
    if (finding.severity() == Finding.Severity.INFO) {
      log.info("{}: {}; {}", finding.where(), finding.what(), finding.fix());
    } else {
      log.warn("{}: {}; {}", finding.where(), finding.what(), finding.fix());
    }
  }
}
