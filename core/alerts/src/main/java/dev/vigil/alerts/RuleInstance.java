package dev.vigil.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One set of labels of a rule, with its state. */
final class RuleInstance {

  private final Map<String, String> labels;
  private final InstanceState state = new InstanceState();
  private double lastTrueValue = Double.NaN;
  private @Nullable String problem;
  private @Nullable String incident;

  RuleInstance(Map<String, String> labels) {
    this.labels = labels;
  }

  Map<String, String> labels() {
    return labels;
  }

  InstanceState state() {
    return state;
  }

  /** What the condition looked at when it last held. */
  double lastTrueValue() {
    return lastTrueValue;
  }

  void lastTrueValue(double value) {
    lastTrueValue = value;
  }

  /** What keeps the rule from being evaluated, where this instance stands for that. */
  @Nullable String problem() {
    return problem;
  }

  void problem(String text) {
    problem = text;
  }

  /** The incident's key: the same whatever the rule's own labels and texts become. */
  String incident(String rule) {
    String made = incident;
    if (made == null) {
      made = key(rule, labels);
      incident = made;
    }
    return made;
  }

  static String key(String rule, Map<String, String> labels) {
    StringBuilder text = new StringBuilder();
    part(text, rule);
    labels.forEach(
        (name, value) -> {
          part(text, name);
          part(text, value);
        });
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java platform has SHA-256", never);
    }
  }

  /** With its length, so that no two lists of parts make one text. */
  private static void part(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
