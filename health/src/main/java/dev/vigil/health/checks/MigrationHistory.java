package dev.vigil.health.checks;

import dev.vigil.health.HealthResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has happened to migrations, gathered row by row: of one version the last row counts. Not
 * thread-safe.
 */
final class MigrationHistory {

  private static final int NAMED = 20;

  private final Map<String, String> applied = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private String baseline = "";

  void applied(String version, String checksum) {
    failed.remove(version);
    applied.put(version, checksum);
  }

  void failed(String version) {
    applied.remove(version);
    failed.add(version);
  }

  void undone(String version) {
    applied.remove(version);
    failed.remove(version);
  }

  /** One that cannot be expected has failed before and now works. */
  void mended(String name) {
    failed.remove(name);
  }

  void baseline(String version) {
    baseline = version;
  }

  HealthResult judge(Map<String, String> expected) {
    List<String> pending = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (String version : sorted(expected.keySet())) {
      String checksum = applied.get(version);
      String wanted = expected.getOrDefault(version, "");
      if (checksum == null) {
        if (!failed.contains(version) && !covered(version)) {
          pending.add(version);
        }
      } else if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(checksum)) {
        changed.add(version);
      }
    }
    List<String> why = new ArrayList<>();
    say("failed", failed, why);
    say("changed after being applied", changed, why);
    boolean broken = !why.isEmpty();
    say("pending", pending, why);
    String message = String.join("; ", why);
    HealthResult result =
        broken
            ? HealthResult.unhealthy(message)
            : pending.isEmpty() ? HealthResult.healthy() : HealthResult.degraded(message);
    result =
        result
            .with("applied", applied.size())
            .with(
                "unknown",
                applied.keySet().stream().filter(it -> !expected.containsKey(it)).count());
    result = with(result, "failed", failed);
    result = with(result, "changed", changed);
    return with(result, "pending", pending);
  }

  private boolean covered(String version) {
    return !baseline.isEmpty() && compare(version, baseline) <= 0;
  }

  private static void say(String what, Collection<String> versions, List<String> why) {
    if (!versions.isEmpty()) {
      why.add(versions.size() + (versions.size() == 1 ? " migration " : " migrations ") + what);
    }
  }

  private static HealthResult with(HealthResult result, String key, Collection<String> versions) {
    return versions.isEmpty() ? result : result.with(key, versions.stream().limit(NAMED).toList());
  }

  private static Set<String> sorted(Set<String> versions) {
    Set<String> sorted =
        new TreeSet<>(
            (a, b) -> {
              int order = compare(a, b);
              return order == 0 ? a.compareTo(b) : order;
            });
    sorted.addAll(versions);
    return sorted;
  }

  /** Versions as numbers with dots or underscores between: {@code 1.10} comes after {@code 1.9}. */
  static int compare(String one, String other) {
    String[] a = one.split("[._]", -1);
    String[] b = other.split("[._]", -1);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order = comparePart(i < a.length ? a[i] : "0", i < b.length ? b[i] : "0");
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int comparePart(String a, String b) {
    boolean numbers = isNumber(a) && isNumber(b);
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
