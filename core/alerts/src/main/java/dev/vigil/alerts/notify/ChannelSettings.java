package dev.vigil.alerts.notify;

import dev.vigil.core.Secret;
import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One channel's settings, of which messages show the names and never the values. */
final class ChannelSettings {

  private final String channel;
  private final Map<String, String> values;

  ChannelSettings(String channel, Map<String, String> values) {
    this.channel = channel;
    this.values = Map.copyOf(values);
  }

  /** All that is wrong at once. */
  ChannelSettings check(List<String> required, String... optional) {
    List<String> known = new ArrayList<>(required);
    known.addAll(Arrays.asList(optional));
    List<String> problems = new ArrayList<>();
    for (String name : required) {
      if (values.getOrDefault(name, "").isBlank()) {
        problems.add("needs " + name);
      }
    }
    values.keySet().stream()
        .sorted()
        .filter(name -> !known.contains(name) && !name.equals(Notifiers.TYPE))
        .forEach(name -> problems.add("does not know " + Quoted.of(name) + hint(name, known)));
    if (!problems.isEmpty()) {
      throw problem(String.join("; ", problems));
    }
    return this;
  }

  private static String hint(String name, List<String> known) {
    return NearestName.of(name, known)
        .map(near -> ", did you mean " + near + "?")
        .orElse(known.isEmpty() ? ", it has no settings" : ", only " + String.join(", ", known));
  }

  String text(String name) {
    return values.getOrDefault(name, "").strip();
  }

  Secret secret(String name) {
    return Secret.of(text(name));
  }

  @Nullable String optional(String name) {
    String text = text(name);
    return text.isEmpty() ? null : text;
  }

  /** A list with commas between. */
  List<String> list(String name) {
    return Arrays.stream(text(name).split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  IllegalArgumentException problem(String what) {
    return new IllegalArgumentException("channel " + Quoted.of(channel) + " " + what);
  }
}
