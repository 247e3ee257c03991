package dev.vigil.metrics.windows;

import dev.vigil.core.Finding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps meters from being read as asked: one WARN line each, and a finding while it lasts. */
final class Problems {

  private static final Logger log = LoggerFactory.getLogger(MeterWindows.class);

  /** A meter's tags may be many; whoever looks needs the first few. */
  private static final int MOST = 1000;

  private final Map<String, Finding> known = new ConcurrentHashMap<>();

  /** Tells of a problem, unless it is known already. */
  void tell(String where, String what, String fix) {
    if (known.size() < MOST
        && known.put(where, new Finding(Finding.Severity.ERROR, where, what, fix)) == null) {
      log.warn("{}: {}; {}", where, what, fix);
    }
  }

  /** The problem is over. */
  void over(String where, String what) {
    if (known.remove(where) != null) {
      log.info("{}: {}", where, what);
    }
  }

  /** The meter is gone, and its problem with it. */
  void forget(String where) {
    known.remove(where);
  }

  List<Finding> all() {
    return known.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
