package dev.vigil.examples.service;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in Prometheus's text format, and those in its queries. */
final class Scrape {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[{ ]");
  private static final Pattern LABEL = Pattern.compile("[{,]([a-zA-Z_]\\w*)=\"");

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on) ?\\(([^)]*)\\)");

  /** What is no function: a function's name has a parenthesis behind it. */
  private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z_:][\\w:]*)\\b(?!\\s*\\()");

  private Scrape() {}

  static Set<String> metrics(String scrape) {
    return all(SAMPLE, scrape);
  }

  static Set<String> labels(String scrape) {
    return all(LABEL, scrape);
  }

  /** The metrics that a query asks for. */
  static Set<String> metricsOf(String query) {
    String bare = STRING.matcher(query).replaceAll("");
    bare = SELECTOR.matcher(bare).replaceAll("");
    bare = RANGE.matcher(bare).replaceAll("");
    bare = GROUPING.matcher(bare).replaceAll("");
    return all(NAME, bare.replace(" by ", " "));
  }

  /** The labels that a query groups by. */
  static Set<String> labelsOf(String query) {
    Set<String> labels = new TreeSet<>();
    Matcher groupings = GROUPING.matcher(query);
    while (groupings.find()) {
      labels.addAll(Set.of(groupings.group(1).split(", ?")));
    }
    return labels;
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
