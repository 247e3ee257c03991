package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Hints;
import dev.vigil.alerts.internal.text.Parser;
import dev.vigil.alerts.internal.text.Shown;
import dev.vigil.alerts.internal.yaml.Faults;
import dev.vigil.alerts.internal.yaml.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One mapping of a file with the keys that it may have; what is not as it should be is a fault. */
final class YamlFields {

  /** Keys of other tools' files, and ours for the same. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "for", "duration",
          "expr", "condition",
          "alert", "name",
          "keep_firing_for", "keepFiringFor",
          "annotations", "summary",
          "notify", "channels",
          "definitions", "define");

  private final Yaml at;
  private final Map<String, Yaml.Entry> entries;
  private final Faults faults;

  private YamlFields(Yaml at, Map<String, Yaml.Entry> entries, Faults faults) {
    this.at = at;
    this.entries = entries;
    this.faults = faults;
  }

  /** A mapping with none but these keys. */
  static YamlFields of(String what, Yaml yaml, List<String> known, Faults faults) {
    YamlFields fields = open(what, yaml, faults);
    fields.entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            faults.add(entry.line(), entry.column(), unknown(what, key, known));
          }
        });
    return fields;
  }

  private static String unknown(String what, String key, List<String> known) {
    String other = ELSEWHERE.get(key);
    String near = other != null && known.contains(other) ? other : null;
    String hint = near == null ? Hints.nearest(key, known) : "did you mean " + near + "?";
    return "unknown key '"
        + Shown.of(key)
        + "' in "
        + what
        + "; "
        + (hint == null ? "it has " + String.join(", ", known) : hint);
  }

  /** A mapping with keys of the user's. */
  static YamlFields open(String what, Yaml yaml, Faults faults) {
    if (yaml instanceof Yaml.Mapping mapping) {
      return new YamlFields(yaml, mapping.entries(), faults);
    }
    if (!(yaml instanceof Yaml.Nothing)) {
      faults.add(yaml, what + " must be a mapping but is " + yaml.what());
    }
    return new YamlFields(yaml, Map.of(), faults);
  }

  Yaml at() {
    return at;
  }

  Map<String, Yaml.Entry> entries() {
    return entries;
  }

  @Nullable Yaml get(String key) {
    Yaml.Entry entry = entries.get(key);
    return entry == null || entry.value() instanceof Yaml.Nothing ? null : entry.value();
  }

  /** A single value; nothing where the key is not there. */
  Yaml.@Nullable Scalar scalar(String key) {
    Yaml value = get(key);
    return value == null ? null : scalar("'" + key + "'", value);
  }

  Yaml.@Nullable Scalar scalar(String what, Yaml value) {
    if (value instanceof Yaml.Scalar scalar) {
      return scalar;
    }
    faults.add(value, what + " must be a single value but is " + value.what());
    return null;
  }

  /** A list, or a single value that stands for a list of one. */
  List<Yaml.Scalar> scalars(String key) {
    Yaml value = get(key);
    if (value == null) {
      return List.of();
    }
    List<Yaml.Scalar> scalars = new ArrayList<>();
    List<Yaml> items = value instanceof Yaml.Sequence list ? list.items() : List.of(value);
    for (Yaml item : items) {
      Yaml.Scalar scalar = scalar("'" + key + "'", item);
      if (scalar != null) {
        scalars.add(scalar);
      }
    }
    return scalars;
  }

  Optional<Duration> duration(String key) {
    Yaml.Scalar scalar = scalar(key);
    if (scalar == null) {
      return Optional.empty();
    }
    Optional<Duration> duration = Parser.duration(scalar.text());
    if (duration.isEmpty()) {
      faults.add(scalar, "'" + key + "' must be a duration such as 30s, 5m or 1h" + butWas(scalar));
    }
    return duration;
  }

  <E extends Enum<E>> Optional<E> constant(String key, Map<String, E> words) {
    Yaml.Scalar scalar = scalar(key);
    if (scalar == null) {
      return Optional.empty();
    }
    E constant = words.get(scalar.text().toLowerCase(Locale.ROOT));
    if (constant == null) {
      faults.add(
          scalar,
          "'" + key + "' must be one of " + String.join(", ", words.keySet()) + butWas(scalar));
    }
    return Optional.ofNullable(constant);
  }

  /** What was given, unless it came from the environment. */
  static String butWas(Yaml.Scalar scalar) {
    return scalar.filled()
        ? " and is not; it comes from a placeholder"
        : " but was '" + Shown.of(scalar.text()) + "'";
  }
}
