package dev.vigil.alerts;

import dev.vigil.alerts.internal.yaml.Faults;
import dev.vigil.alerts.internal.yaml.Yaml;
import dev.vigil.core.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rules, definitions and channels of a file's content. */
final class AlertsReader {

  private static final int MOST_RULES = 10_000;

  private final Faults faults;

  AlertsReader(Faults faults) {
    this.faults = faults;
  }

  AlertsFile read(Yaml content) {
    Yaml alerts = YamlFields.of("the file", content, List.of("alerts"), faults).get("alerts");
    if (alerts == null) {
      faults.add(content, "there is no 'alerts:'; everything of alerts stands below it");
      return new AlertsFile(Optional.empty(), Map.of(), Definitions.builtIn(), List.of());
    }
    if (alerts instanceof Yaml.Sequence rules) {
      return new AlertsFile(Optional.empty(), Map.of(), Definitions.builtIn(), rules(rules));
    }
    YamlFields fields =
        YamlFields.of(
            "'alerts'", alerts, List.of("interval", "channels", "define", "rules"), faults);
    return new AlertsFile(
        interval(fields), channels(fields), definitions(fields), rules(fields.get("rules")));
  }

  private Optional<Duration> interval(YamlFields fields) {
    Optional<Duration> interval = fields.duration("interval");
    Yaml at = fields.get("interval");
    if (at != null && interval.isPresent() && interval.get().isZero()) {
      faults.add(at, "'interval' must be above zero but was 0");
    }
    return interval;
  }

  private Map<String, ChannelSettings> channels(YamlFields fields) {
    Map<String, ChannelSettings> channels = new LinkedHashMap<>();
    Yaml yaml = fields.get("channels");
    if (yaml != null) {
      YamlFields.open("'channels'", yaml, faults)
          .entries()
          .forEach(
              (name, entry) -> {
                check(entry, () -> Names.of("a channel's name", name));
                channels.put(name, channel(name, entry));
              });
    }
    return Collections.unmodifiableMap(channels);
  }

  private ChannelSettings channel(String name, Yaml.Entry entry) {
    YamlFields settings = YamlFields.open("a channel", entry.value(), faults);
    Map<String, List<Secret>> values = new LinkedHashMap<>();
    for (String key : settings.entries().keySet()) {
      List<Secret> of = new ArrayList<>();
      for (Yaml.Scalar scalar : settings.scalars(key)) {
        // A placeholder that is not set has been told already.
        if (!scalar.text().isBlank()) {
          of.add(Secret.of(scalar.text()));
        } else if (!scalar.filled()) {
          faults.add(scalar, "'" + key + "' is blank; give it a value or leave it out");
        }
      }
      values.put(key, List.copyOf(of));
    }
    return new ChannelSettings(name, faults.place(settings.at()), values);
  }

  private Definitions definitions(YamlFields fields) {
    Definitions definitions = Definitions.builtIn();
    Yaml yaml = fields.get("define");
    if (yaml == null) {
      return definitions;
    }
    int before = faults.found().size();
    YamlFields define = YamlFields.open("'define'", yaml, faults);
    for (Map.Entry<String, Yaml.Entry> entry : define.entries().entrySet()) {
      Yaml.Scalar text = define.scalar("a definition", entry.getValue().value());
      if (text == null) {
        continue;
      }
      try {
        definitions = definitions.with(entry.getKey(), text.text());
      } catch (ConditionException fault) {
        faults.add(faults.place(text) + ", " + fault.getMessage());
      } catch (IllegalArgumentException fault) {
        faults.add(
            entry.getValue().line(), entry.getValue().column(), String.valueOf(fault.getMessage()));
      }
    }
    if (faults.found().size() == before) {
      definitions.faults().forEach(fault -> faults.add(yaml, fault));
    }
    return definitions;
  }

  private List<AlertRule> rules(@Nullable Yaml yaml) {
    if (yaml == null) {
      return List.of();
    }
    if (!(yaml instanceof Yaml.Sequence list)) {
      faults.add(yaml, "'rules' must be a list but is " + yaml.what());
      return List.of();
    }
    if (list.items().size() > MOST_RULES) {
      faults.add(yaml, "a file has at most " + MOST_RULES + " rules");
      return List.of();
    }
    List<AlertRule> rules = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    RuleReader reader = new RuleReader(faults);
    for (Yaml item : list.items()) {
      AlertRule rule = reader.read(item);
      if (rule != null) {
        Integer before = lines.putIfAbsent(rule.name(), item.line());
        if (before != null) {
          faults.add(
              item,
              "rule '" + rule.name() + "' is there already, in line " + before + "; rename one");
        }
        rules.add(rule);
      }
    }
    return List.copyOf(rules);
  }

  private void check(Yaml.Entry at, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException fault) {
      faults.add(at.line(), at.column(), String.valueOf(fault.getMessage()));
    }
  }
}
