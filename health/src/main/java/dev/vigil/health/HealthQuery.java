package dev.vigil.health;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which checks are asked: all, or a group's, narrowed by names and tags. Only the checks that it
 * selects are run (and those that they depend on). Immutable.
 */
public final class HealthQuery {

  private static final HealthQuery ALL = new HealthQuery(null, Set.of(), Set.of(), Set.of());

  private final @Nullable HealthGroup group;
  private final Set<String> only;
  private final Set<String> excluded;
  private final Set<String> tags;

  private HealthQuery(
      @Nullable HealthGroup group, Set<String> only, Set<String> excluded, Set<String> tags) {
    this.group = group;
    this.only = only;
    this.excluded = excluded;
    this.tags = tags;
  }

  /** Every check. */
  public static HealthQuery all() {
    return ALL;
  }

  /** A group's checks. */
  public static HealthQuery group(HealthGroup group) {
    return new HealthQuery(Objects.requireNonNull(group, "group"), Set.of(), Set.of(), Set.of());
  }

  /** Of these, the named ones only; may be called again to add a name. */
  public HealthQuery only(String name) {
    return new HealthQuery(group, plus(only, name), excluded, tags);
  }

  /** Of these, all but the named one; may be called again. */
  public HealthQuery excluding(String name) {
    return new HealthQuery(group, only, plus(excluded, name), tags);
  }

  /** Of these, those that carry the tag, or one of the tags where it is called again. */
  public HealthQuery tagged(String tag) {
    return new HealthQuery(group, only, excluded, plus(tags, tag));
  }

  /** The group asked, if any. */
  public Optional<HealthGroup> group() {
    return Optional.ofNullable(group);
  }

  /** The names asked; empty means any. */
  public Set<String> only() {
    return only;
  }

  /** The names left out. */
  public Set<String> excluded() {
    return excluded;
  }

  /** The tags asked, of which one suffices; empty means any. */
  public Set<String> tags() {
    return tags;
  }

  /** Whether it selects by group alone. */
  boolean narrows() {
    return !only.isEmpty() || !excluded.isEmpty() || !tags.isEmpty();
  }

  private static Set<String> plus(Set<String> set, String element) {
    Set<String> more = new LinkedHashSet<>(set);
    more.add(Objects.requireNonNull(element, "element"));
    return java.util.Collections.unmodifiableSet(more);
  }
}
