package dev.vigil.health.probe;

import org.jspecify.annotations.Nullable;

/**
 * Reads the four formats that are JSON by what they have in common: a {@code status}, and the
 * checks below {@code checks} or {@code components}.
 *
 * <ul>
 *   <li>Vigil: {@code "checks":{"db":{"status":"healthy","message":…}}}
 *   <li>health+json (draft-inadarei-api-health-check-06): {@code
 *       "checks":{"db:time":[{"status":"pass","output":…}]}}
 *   <li>Spring Boot Actuator v3: {@code "components":{"db":{"status":"UP","details":{…}}}}, nested
 *   <li>MicroProfile Health 4: {@code "checks":[{"name":"db","status":"UP","data":{…}}]}
 * </ul>
 */
final class HealthJson {

  private final JsonScanner json;
  private final Reading reading;

  private HealthJson(JsonScanner json, Reading reading) {
    this.json = json;
    this.reading = reading;
  }

  /**
   * Reads a body to its end.
   *
   * @throws JsonScanner.NotJson when it is broken
   */
  static void read(String body, Reading reading) {
    JsonScanner json = new JsonScanner(body);
    if (json.peek() == '{') {
      new HealthJson(json, reading).whole();
    } else {
      json.skip();
    }
    json.end();
  }

  private void whole() {
    json.enter();
    while (json.more('}')) {
      String key = json.name();
      char value = json.peek();
      if (key.equals("status") && value == '"') {
        reading.overall(json.string());
      } else if (key.equals("checks") || key.equals("components")) {
        checks("");
      } else {
        json.skip();
      }
    }
  }

  private void checks(String parent) {
    if (json.peek() == '{') {
      json.enter();
      while (json.more('}')) {
        named(parent.concat(json.name()));
      }
    } else {
      named("");
    }
  }

  /** One check, or health+json's list of measurements of one, or MicroProfile's list of checks. */
  private void named(String name) {
    switch (json.peek()) {
      case '{' -> check(name);
      case '[' -> {
        json.enter();
        while (json.more(']')) {
          named(name);
        }
      }
      default -> json.skip();
    }
  }

  private void check(String outerName) {
    String name = outerName;
    String word = null;
    String why = null;
    int wrongBefore = reading.wrong().size();
    json.enter();
    while (json.more('}')) {
      String key = json.name();
      boolean string = json.peek() == '"';
      if (string && key.equals("status")) {
        word = worse(word, json.string());
      } else if (string && key.equals("name") && outerName.isEmpty()) {
        name = json.string();
      } else if (string && isReason(key)) {
        why = json.string();
      } else if (key.equals("components")) {
        checks(name.concat("/"));
      } else if (json.peek() == '{' && (key.equals("details") || key.equals("data"))) {
        why = reason(why);
      } else {
        json.skip();
      }
    }
    // What is wrong inside a component says more than the component does.
    if (word != null && reading.wrong().size() == wrongBefore) {
      reading.check(name, word, why);
    }
  }

  private @Nullable String reason(@Nullable String known) {
    String reason = known;
    json.enter();
    while (json.more('}')) {
      if (isReason(json.name()) && json.peek() == '"') {
        reason = json.string();
      } else {
        json.skip();
      }
    }
    return reason;
  }

  private static boolean isReason(String key) {
    return key.equals("message")
        || key.equals("output")
        || key.equals("error")
        || key.equals("reason");
  }

  private static String worse(@Nullable String word, String other) {
    return word == null || Status.ofAny(other).compareTo(Status.ofAny(word)) > 0 ? other : word;
  }
}
