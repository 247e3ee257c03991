package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Shown;
import dev.vigil.alerts.internal.yaml.Faults;
import dev.vigil.alerts.internal.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a rule of one item of a file's list. */
final class RuleReader {

  private static final List<String> KEYS =
      List.of(
          "name",
          "condition",
          "recover",
          "duration",
          "keepFiringFor",
          "severity",
          "channels",
          "labels",
          "missing",
          "summary",
          "runbook");

  /** The four, and the names that other tools have for two of them. */
  private static final Map<String, Severity> SEVERITIES = severities();

  private static final Map<String, MissingPolicy> POLICIES = policies();

  private final Faults faults;

  RuleReader(Faults faults) {
    this.faults = faults;
  }

  private static Map<String, Severity> severities() {
    Map<String, Severity> words = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      words.put(severity.name().toLowerCase(Locale.ROOT), severity);
    }
    words.put("medium", Severity.WARNING);
    words.put("low", Severity.INFO);
    return words;
  }

  private static Map<String, MissingPolicy> policies() {
    Map<String, MissingPolicy> words = new LinkedHashMap<>();
    for (MissingPolicy policy : MissingPolicy.values()) {
      words.put(policy.name().toLowerCase(Locale.ROOT), policy);
    }
    return words;
  }

  /** The rule, or null where the item is none; why, is among the faults. */
  @Nullable AlertRule read(Yaml item) {
    if (!(item instanceof Yaml.Mapping)) {
      faults.add(item, "a rule must be a mapping but is " + item.what());
      return null;
    }
    YamlFields fields = YamlFields.of("a rule", item, KEYS, faults);
    Yaml.Scalar name = fields.scalar("name");
    if (name == null) {
      faults.add(item, "a rule needs a name");
      return null;
    }
    if (fields.get("condition") == null) {
      faults.add(item, "rule '" + Shown.of(name.text()) + "' needs a condition");
      return null;
    }
    int before = faults.found().size();
    AlertRuleBuilder builder = AlertRule.builder(name.text());
    settle(name, builder, same -> {});
    condition(name, fields.scalar("condition"), "", builder::when);
    condition(name, fields.scalar("recover"), ", recover", builder::recoverWhen);
    fields.duration("duration").ifPresent(builder::forAtLeast);
    fields.duration("keepFiringFor").ifPresent(builder::keepFiringFor);
    fields.constant("severity", SEVERITIES).ifPresent(builder::severity);
    fields.constant("missing", POLICIES).ifPresent(builder::missing);
    for (Yaml.Scalar channel : fields.scalars("channels")) {
      settle(channel, builder, it -> it.to(channel.text()));
    }
    labels(fields, builder);
    settle(fields.scalar("summary"), builder, AlertRuleBuilder::summary);
    settle(fields.scalar("runbook"), builder, AlertRuleBuilder::runbook);
    return faults.found().size() > before ? null : build(item, builder);
  }

  private @Nullable AlertRule build(Yaml item, AlertRuleBuilder builder) {
    try {
      return builder.build();
    } catch (InvalidAlertsException invalid) {
      invalid.faults().forEach(fault -> faults.add(item, fault));
      return null;
    }
  }

  private void condition(
      Yaml.Scalar name, Yaml.@Nullable Scalar text, String which, Consumer<Condition> setter) {
    if (text == null) {
      return;
    }
    try {
      setter.accept(Condition.parse(text.text()));
    } catch (ConditionException fault) {
      String place = faults.place(text) + ", rule " + Shown.of(name.text()) + which;
      faults.add(
          text.filled()
              ? place + ": no condition; it is not shown, since it comes from a placeholder"
              : String.valueOf(fault.in(place).getMessage()));
    }
  }

  private void labels(YamlFields fields, AlertRuleBuilder builder) {
    Yaml labels = fields.get("labels");
    if (labels == null) {
      return;
    }
    YamlFields given = YamlFields.open("'labels'", labels, faults);
    given
        .entries()
        .forEach(
            (label, entry) -> {
              Yaml.Scalar value = given.scalar("a label", entry.value());
              if (value != null) {
                settle(value, builder, it -> it.label(label, value.text()));
              }
            });
  }

  private interface Setting {
    void set(AlertRuleBuilder builder, String text);
  }

  private void settle(Yaml.@Nullable Scalar value, AlertRuleBuilder builder, Setting setting) {
    if (value != null) {
      settle(value, builder, it -> setting.set(it, value.text()));
    }
  }

  /** Sets something; what that finds wrong is told with the place of the value. */
  private void settle(
      Yaml.Scalar value, AlertRuleBuilder builder, Consumer<AlertRuleBuilder> setter) {
    setter.accept(builder);
    builder.takeFaults().forEach(fault -> faults.add(value, value.filled() ? shut(fault) : fault));
  }

  /** A fault without the value, which came from the environment. */
  private static String shut(String fault) {
    int value = fault.indexOf(" but was ");
    return value < 0 ? fault : fault.substring(0, value) + " and is not";
  }
}
