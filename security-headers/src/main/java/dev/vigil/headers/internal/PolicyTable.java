package dev.vigil.headers.internal;

import dev.vigil.core.Finding;
import dev.vigil.core.Finding.Severity;
import dev.vigil.core.PathPattern;
import dev.vigil.headers.SecurityHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policy rules which path: one for all that no pattern matches, and one for each pattern.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> what an adapter makes of a policy that is laid out
 */
public final class PolicyTable<T> {

  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  private final Map<String, SecurityHeaders> policies = new LinkedHashMap<>();
  private final Entry<T> everywhere;
  private final PathPattern.Table<Entry<T>> byPath;
  private final boolean single;

  private record Entry<T>(T secure, T plain) {
    static <T> Entry<T> of(SecurityHeaders policy, Function<PreparedHeaders, T> adapter) {
      return new Entry<>(
          adapter.apply(new PreparedHeaders(policy, true)),
          adapter.apply(new PreparedHeaders(policy, false)));
    }
  }

  /**
   * Lays policies out.
   *
   * @param everywhere for paths that no pattern matches
   * @param byPath by pattern, as {@link PathPattern} reads it
   * @param adapter makes what {@link #find} returns
   * @throws IllegalArgumentException if patterns are wrong or mean the same
   */
  public PolicyTable(
      SecurityHeaders everywhere,
      Map<String, SecurityHeaders> byPath,
      Function<PreparedHeaders, T> adapter) {
    this.everywhere = Entry.of(Objects.requireNonNull(everywhere, "everywhere"), adapter);
    Map<String, Entry<T>> entries = new LinkedHashMap<>();
    byPath.forEach((pattern, policy) -> entries.put(pattern, Entry.of(policy, adapter)));
    this.byPath = PathPattern.Table.of(entries);
    single = entries.isEmpty();
    policies.put("/*", everywhere);
    policies.putAll(byPath);
  }

  /** Whether all paths have the same policy, so that no path need be asked for. */
  public boolean isSingle() {
    return single;
  }

  /**
   * What to write.
   *
   * @param path decoded
   * @param secure whether the request came by HTTPS
   */
  public T find(String path, boolean secure) {
    Entry<T> found = single ? null : byPath.find(path);
    Entry<T> entry = found == null ? everywhere : found;
    return secure ? entry.secure() : entry.plain();
  }

  /** Says once, at start, what an expert would say about the policies. */
  public void logAudit() {
    policies.forEach(
        (pattern, policy) -> {
          List<Finding> findings =
              policy.audit().stream()
                  .filter(finding -> finding.severity() != Severity.INFO)
                  .toList();
          findings.forEach(finding -> log.warn("security headers of {}: {}", pattern, finding));
        });
  }
}
