package dev.vigil.metrics.windows;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of the meters of one name.
 *
 * @param name the meters' name
 * @param kinds their kinds; more than one where the application has used the name twice
 * @param unit what {@link Series#unit} answers; that of any of them where they differ
 * @param tags the names of the tags that at least one of them has, sorted
 * @param count how many meters there are
 */
public record MeterInfo(
    String name, Set<MeterKind> kinds, String unit, Set<String> tags, int count) {

  /** Takes immutable copies. */
  public MeterInfo {
    kinds = Collections.unmodifiableSet(new TreeSet<>(kinds));
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }
}
