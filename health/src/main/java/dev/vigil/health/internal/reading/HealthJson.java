package dev.vigil.health.internal.reading;

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
 *
 * <p>The last two have no word for degraded. Vigil says UP there, with {@code "status":"degraded"}
 * in the check's details or data, and {@code "description":"degraded"} beside Actuator's overall
 * status; MicroProfile has no place for that, so that one degraded check makes the whole degraded.
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
      boolean string = json.peek() == '"';
      if (string && key.equals("status")) {
        reading.overall(json.string());
      } else if (string && (key.equals("reason") || key.equals("output"))) {
        reading.reason(json.string());
      } else if (string && key.equals("description")) {
        description(json.string());
      } else if (key.equals("checks") || key.equals("components")) {
        checks("");
      } else {
        json.skip();
      }
    }
  }

  private void description(String text) {
    if (isDegraded(text)) {
      reading.overall(text);
    } else {
      reading.reason(text);
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
    Check check = new Check(outerName);
    int wrongBefore = reading.wrong().size();
    json.enter();
    while (json.more('}')) {
      String key = json.name();
      char value = json.peek();
      if (value == '"') {
        check.set(key, json.string());
      } else if (key.equals("components")) {
        checks(check.name.concat("/"));
      } else if (value == '{' && (key.equals("details") || key.equals("data"))) {
        details(check);
      } else {
        json.skip();
      }
    }
    // What is wrong inside a component says more than the component does.
    if (check.word != null && reading.wrong().size() == wrongBefore) {
      // UP alone: the other formats have a word for it, and their data may hold any key.
      boolean hidden = check.degradedWithin && check.word.equalsIgnoreCase("UP");
      if (hidden && outerName.isEmpty()) {
        reading.overall(Status.DEGRADED.word());
      }
      reading.check(check.name, hidden ? Status.DEGRADED.word() : check.word, check.why);
    }
  }

  private void details(Check check) {
    json.enter();
    while (json.more('}')) {
      String key = json.name();
      if (json.peek() == '"') {
        check.setWithin(key, json.string());
      } else {
        json.skip();
      }
    }
  }

  private static boolean isDegraded(String word) {
    return word.equalsIgnoreCase(Status.DEGRADED.word());
  }

  /** What has been read of one check. */
  private static final class Check {
    private String name;
    private @Nullable String word;
    private @Nullable String why;
    private boolean degradedWithin;

    Check(String name) {
      this.name = name;
    }

    void set(String key, String value) {
      switch (key) {
        case "status" -> word = worse(word, value);
        case "name" -> name = name.isEmpty() ? value : name;
        default -> reason(key, value);
      }
    }

    void setWithin(String key, String value) {
      if (key.equals("status")) {
        degradedWithin |= isDegraded(value);
      } else {
        reason(key, value);
      }
    }

    private void reason(String key, String value) {
      switch (key) {
        case "message", "output", "error", "reason" -> why = value;
        default -> {}
      }
    }

    private static String worse(@Nullable String word, String other) {
      return word == null || Status.ofAny(other).compareTo(Status.ofAny(word)) > 0 ? other : word;
    }
  }
}
