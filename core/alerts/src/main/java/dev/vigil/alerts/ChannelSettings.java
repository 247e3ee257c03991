package dev.vigil.alerts;

import dev.vigil.core.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file says of one channel. Every value is kept as a secret: an address of a hook is one,
 * and nothing tells those that are from those that are not.
 *
 * <p>Immutable and thread-safe; {@link #toString} shows names only.
 */
public final class ChannelSettings {

  private final String name;
  private final String place;
  private final Map<String, List<Secret>> values;

  ChannelSettings(String name, String place, Map<String, List<Secret>> values) {
    this.name = name;
    this.place = place;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The channel's name, by which rules refer to it. */
  public String name() {
    return name;
  }

  /** What kind of channel it is: its setting {@code type}, or where it has none its name. */
  public String type() {
    return text("type").orElse(name);
  }

  /** File and line, for messages. */
  public String place() {
    return place;
  }

  /** The names of the settings that were given. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** A setting that must not be shown. */
  public Optional<Secret> secret(String key) {
    return all(key).stream().findFirst();
  }

  /** A setting that may be shown. */
  public Optional<String> text(String key) {
    return secret(key).map(Secret::reveal);
  }

  /** A setting that may be given as a list, and may be shown. */
  public List<String> texts(String key) {
    return all(key).stream().map(Secret::reveal).toList();
  }

  private List<Secret> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** The channel's name and the names of its settings. */
  @Override
  public String toString() {
    return name + values.keySet();
  }
}
