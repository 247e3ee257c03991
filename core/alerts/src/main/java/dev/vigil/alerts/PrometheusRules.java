package dev.vigil.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes rules as a Prometheus rules file, with names as Micrometer's Prometheus registry gives
 * them: {@code http.server.requests} is {@code http_server_requests_seconds_count} and its like.
 *
 * <p>Where a meter is registered, its kind and unit decide its names there; else the function that
 * is used on it. What Prometheus has no word for: {@code recover}, which is left as a comment, and
 * an operand without labels that meets all others, for which PromQL wants {@code on ()}.
 *
 * <pre>{@code
 * Files.writeString(path, PrometheusRules.of(rules, Definitions.builtIn(), registry));
 * }</pre>
 */
public final class PrometheusRules {

  private PrometheusRules() {}

  /**
   * One group {@code vigil} with all of them.
   *
   * @return YAML that {@code promtool check rules} accepts
   * @throws ConditionException if definitions go in a circle
   */
  public static String of(List<AlertRule> rules, Definitions definitions, MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    PromNames names = PromNames.of(registry);
    StringBuilder yaml = new StringBuilder("groups:\n  - name: vigil\n    rules:\n");
    for (AlertRule rule : rules) {
      append(yaml, rule, definitions, names);
    }
    return rules.isEmpty() ? "groups: []\n" : yaml.toString();
  }

  private static void append(
      StringBuilder yaml, AlertRule rule, Definitions definitions, PromNames names) {
    PromWriter writer = new PromWriter(names, rule.duration());
    String expression = writer.write(definitions.resolve(rule.condition()));
    rule.recover()
        .ifPresent(
            recover ->
                yaml.append("      # recovers when ")
                    .append(oneLine(recover.toString()))
                    .append(", which Prometheus has no word for\n"));
    yaml.append("      - alert: ").append(quoted(rule.name())).append('\n');
    yaml.append("        expr: ").append(quoted(expression)).append('\n');
    Duration wait = writer.countsOverDuration() ? Duration.ZERO : rule.duration();
    duration(yaml, "for", wait);
    duration(yaml, "keep_firing_for", rule.keepFiringFor());
    yaml.append("        labels:\n");
    Map<String, String> labels = new TreeMap<>();
    rule.labels().forEach((name, value) -> labels.put(PromNames.label(name), value));
    labels.put("severity", rule.severity().name().toLowerCase(Locale.ROOT));
    labels.forEach((name, value) -> line(yaml, name, escaped(value)));
    yaml.append("        annotations:\n");
    line(yaml, "summary", summary(rule.template().toString()));
    rule.runbook().ifPresent(runbook -> line(yaml, "runbook_url", escaped(runbook)));
  }

  private static void duration(StringBuilder yaml, String key, Duration duration) {
    if (!duration.isZero()) {
      yaml.append("        ").append(key).append(": ");
      yaml.append(PromWriter.duration(duration)).append('\n');
    }
  }

  private static void line(StringBuilder yaml, String key, String value) {
    yaml.append("          ").append(key).append(": ").append(quoted(value)).append('\n');
  }

  /** Our places in Prometheus's template language. */
  private static String summary(String template) {
    StringBuilder text = new StringBuilder();
    List<String> parts = new ArrayList<>(List.of(template.split("[{}]", -1)));
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i).strip();
      if (i % 2 == 0) {
        text.append(parts.get(i));
      } else if (part.equals("value")) {
        text.append("{{ $value }}");
      } else if (part.startsWith("value")) {
        text.append(
            part.endsWith("%") ? "{{ $value | humanizePercentage }}" : "{{ $value | humanize }}");
      } else {
        text.append("{{ $labels.").append(PromNames.label(part)).append(" }}");
      }
    }
    return text.toString();
  }

  /** A label's value is a template as well. */
  private static String escaped(String value) {
    return value.replace("{{", "{ {");
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ");
  }

  /** A YAML scalar in double quotes, which are JSON's. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
