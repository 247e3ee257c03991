package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Unhealthy where a required setting is missing or malformed, degraded where a recommended one is
 * missing. Names settings, and never shows a value.
 *
 * <pre>{@code
 * SettingsCheck.environment()
 *     .required("DATABASE_URL", "STRIPE_SECRET_KEY")
 *     .required("PORT", text -> text.matches("[0-9]{1,5}"), "a port number")
 *     .recommended("SENTRY_DSN");
 * }</pre>
 *
 * <p>Blank counts as missing. Put it into the startup group to refuse a deploy. Reads memory only,
 * so it may be registered inline. Data: the names that are {@code missing}, {@code malformed} (with
 * what is expected) and {@code recommended}. Immutable; thread-safe where the look-up is.
 */
public final class SettingsCheck implements HealthCheck {

  private final Function<String, @Nullable String> lookup;
  private final Map<String, Rule> rules;

  /** What is expected of one setting. */
  private record Rule(boolean required, Predicate<String> form, String expected) {}

  private SettingsCheck(Function<String, @Nullable String> lookup, Map<String, Rule> rules) {
    this.lookup = lookup;
    this.rules = rules;
  }

  /** Looks at environment variables. */
  public static SettingsCheck environment() {
    return of(System::getenv);
  }

  /**
   * Looks at settings from anywhere.
   *
   * @param lookup the value of a name; null where there is none. What it throws counts as missing
   */
  public static SettingsCheck of(Function<String, @Nullable String> lookup) {
    return new SettingsCheck(Objects.requireNonNull(lookup, "lookup"), Map.of());
  }

  /** This check with settings that must be there, in any form. */
  public SettingsCheck required(String... names) {
    SettingsCheck more = this;
    for (String name : names) {
      more = more.with(name, new Rule(true, any -> true, ""));
    }
    return more;
  }

  /**
   * This check with a setting that must be there in a form.
   *
   * @param form false where the value is malformed; what it throws counts as that
   * @param expected for people, for example {@code "a port number"}
   */
  public SettingsCheck required(String name, Predicate<String> form, String expected) {
    return with(
        name,
        new Rule(
            true,
            Objects.requireNonNull(form, "form"),
            Objects.requireNonNull(expected, "expected")));
  }

  /** This check with settings that should be there: degraded where they are not. */
  public SettingsCheck recommended(String... names) {
    SettingsCheck more = this;
    for (String name : names) {
      more = more.with(name, new Rule(false, any -> true, ""));
    }
    return more;
  }

  private SettingsCheck with(String name, Rule rule) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a setting's name must not be blank");
    }
    Map<String, Rule> more = new LinkedHashMap<>(rules);
    more.put(name, rule);
    return new SettingsCheck(lookup, Collections.unmodifiableMap(more));
  }

  @Override
  public HealthResult check(CheckContext context) {
    List<String> missing = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    rules.forEach(
        (name, rule) -> {
          String value = value(name);
          if (value == null || value.isBlank()) {
            (rule.required ? missing : absent).add(name);
          } else if (!fits(rule, value)) {
            malformed.add(name + " (expected " + rule.expected + ")");
          }
        });
    HealthResult result = judge(missing, malformed, absent);
    result = missing.isEmpty() ? result : result.with("missing", missing);
    result = malformed.isEmpty() ? result : result.with("malformed", malformed);
    return absent.isEmpty() ? result : result.with("recommended", absent);
  }

  private static HealthResult judge(
      List<String> missing, List<String> malformed, List<String> absent) {
    List<String> why = new ArrayList<>();
    say("missing", missing, why);
    say("malformed", malformed, why);
    boolean broken = !why.isEmpty();
    say("recommended but missing", absent, why);
    String message = String.join("; ", why);
    return broken
        ? HealthResult.unhealthy(message)
        : absent.isEmpty() ? HealthResult.healthy() : HealthResult.degraded(message);
  }

  private static void say(String what, List<String> names, List<String> why) {
    if (!names.isEmpty()) {
      why.add(what + " " + String.join(", ", names));
    }
  }

  private @Nullable String value(String name) {
    try {
      return lookup.apply(name);
    } catch (RuntimeException hidden) {
      return null; // its text may hold the value
    }
  }

  private static boolean fits(Rule rule, String value) {
    try {
      return rule.form.test(value);
    } catch (RuntimeException hidden) {
      return false; // as NumberFormatException, whose text holds the value
    }
  }
}
