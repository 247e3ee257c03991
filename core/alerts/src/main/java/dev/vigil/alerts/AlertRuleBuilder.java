package dev.vigil.alerts;

import dev.vigil.core.internal.Quoted;
import dev.vigil.core.internal.Require;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link AlertRule}. What is wrong with them is told by {@link #build}, all of it at
 * once. Not thread-safe.
 */
public final class AlertRuleBuilder {

  private static final int MOST_LABELS = 20;
  private static final int LONGEST_VALUE = 200;
  private static final int LONGEST_RUNBOOK = 2_000;

  final String name;
  final Set<String> channels = new LinkedHashSet<>();
  final Map<String, String> labels = new LinkedHashMap<>();
  @Nullable Condition recover;
  Duration duration = Duration.ZERO;
  Duration keepFiringFor = Duration.ZERO;
  Severity severity = Severity.WARNING;
  MissingPolicy missing = MissingPolicy.INACTIVE;
  @Nullable String runbook;
  private final List<String> faults = new ArrayList<>();
  private @Nullable Condition condition;
  private @Nullable SummaryTemplate summary;

  AlertRuleBuilder(String name) {
    this.name = Objects.requireNonNull(name, "name");
    check(() -> Names.of("a rule's name", name));
  }

  /** When it fires, as text; the grammar stands in the module's README. */
  public AlertRuleBuilder when(String text) {
    check(() -> when(Condition.parse(text)));
    return this;
  }

  /** When it fires. */
  public AlertRuleBuilder when(Condition when) {
    condition = Objects.requireNonNull(when, "when");
    return this;
  }

  /** When it is over once it fires, as text; without it, when its condition does not hold. */
  public AlertRuleBuilder recoverWhen(String text) {
    try {
      return recoverWhen(Condition.parse(text));
    } catch (ConditionException fault) {
      faults.add(String.valueOf(fault.in(place() + ", recover").getMessage()));
      return this;
    }
  }

  /** When it is over once it fires. */
  public AlertRuleBuilder recoverWhen(Condition when) {
    recover = Objects.requireNonNull(when, "when");
    return this;
  }

  /** How long the condition has to hold before it fires; zero, at once, by default. */
  public AlertRuleBuilder forAtLeast(Duration duration) {
    check(() -> this.duration = Require.notNegative("duration", duration));
    return this;
  }

  /** How long it goes on firing after its condition ended; zero by default. */
  public AlertRuleBuilder keepFiringFor(Duration duration) {
    check(() -> keepFiringFor = Require.notNegative("keepFiringFor", duration));
    return this;
  }

  /** How urgent it is; {@link Severity#WARNING} by default. */
  public AlertRuleBuilder severity(Severity severity) {
    this.severity = Objects.requireNonNull(severity, "severity");
    return this;
  }

  /** Which channels are told, by name; all of them by default. */
  public AlertRuleBuilder to(String... names) {
    for (String channel : names) {
      check(() -> channels.add(Names.of("a channel's name", channel)));
    }
    return this;
  }

  /**
   * A label that all its alerts have, at most 20 of them: for silences, and for receivers that
   * route by label.
   *
   * @param value 1 to 200 printable characters
   */
  public AlertRuleBuilder label(String name, String value) {
    check(() -> labels.put(Names.of("a label's name", name), labelValue(name, value)));
    return this;
  }

  private static String labelValue(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST_VALUE || !Names.printable(value)) {
      throw new IllegalArgumentException(
          "label "
              + name
              + " must be 1 to "
              + LONGEST_VALUE
              + " printable characters but was "
              + Quoted.of(value));
    }
    return value;
  }

  /**
   * What it means where the meters that the condition needs are missing; {@link
   * MissingPolicy#INACTIVE} by default.
   */
  public AlertRuleBuilder missing(MissingPolicy policy) {
    missing = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * One sentence for people: {@code {value}} is the condition's number, {@code {value|%}} the same
   * in a unit of the grammar, and {@code {name}} a label. By default made from the condition.
   */
  public AlertRuleBuilder summary(String template) {
    check(() -> summary = SummaryTemplate.of(template));
    return this;
  }

  /** Where to read what to do: an absolute http or https address, of at most 2000 characters. */
  public AlertRuleBuilder runbook(String address) {
    check(() -> runbook = address(address));
    return this;
  }

  private static String address(String address) {
    try {
      URI uri = new URI(address);
      boolean web =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (web && uri.getHost() != null && address.length() <= LONGEST_RUNBOOK) {
        return address;
      }
    } catch (URISyntaxException none) {
      // Told below, without what the parser quotes.
    }
    throw new IllegalArgumentException(
        "runbook must be an absolute http or https address but was " + Quoted.of(address));
  }

  /**
   * Checks everything.
   *
   * @throws InvalidAlertsException if anything is wrong; it tells all of it
   */
  public AlertRule build() {
    List<String> found = faults();
    Condition when = condition;
    if (!found.isEmpty() || when == null) {
      throw new InvalidAlertsException(found);
    }
    return new AlertRule(this, when);
  }

  /** What is wrong so far. */
  List<String> faults() {
    List<String> found = new ArrayList<>(faults);
    if (labels.size() > MOST_LABELS) {
      found.add(place() + " has " + labels.size() + " labels, and " + MOST_LABELS + " at most");
    }
    if (condition == null && found.isEmpty()) {
      found.add(place() + " has no condition; say when(\"error_rate > 5%\")");
    }
    return found;
  }

  /** What setters have found wrong, to be told by somebody who knows the place in a file. */
  List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  SummaryTemplate template(Condition when) {
    SummaryTemplate given = summary;
    if (given != null) {
      return given;
    }
    // A condition may hold braces of its own, and more than a sentence takes.
    String text = when.toString().replaceAll("\\{[^}]*}?", "").replaceAll("\\s+", " ");
    String cut = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    return SummaryTemplate.of(Names.printable(cut) ? cut + ": {value}" : name + ": {value}");
  }

  private String place() {
    return "rule " + Quoted.of(name);
  }

  /** Runs a setter, and keeps what it finds wrong for later. */
  private void check(Runnable setter) {
    try {
      setter.run();
    } catch (ConditionException fault) {
      faults.add(String.valueOf(fault.in(place()).getMessage()));
    } catch (IllegalArgumentException fault) {
      faults.add(place() + ": " + fault.getMessage());
    }
  }
}
