package dev.vigil.ratelimit.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A List of Items as RFC 9651, 4.2.1 parses it, as far as strings and integers go. */
public final class StructuredList {

  /** A string item with integer parameters. */
  public record Item(String value, Map<String, Long> parameters) {}

  private final String text;
  private int at;

  private StructuredList(String text) {
    this.text = text;
  }

  /** Parses a header's value; fails as strictly as the RFC says. */
  public static List<Item> parse(String text) {
    StructuredList list = new StructuredList(text.strip());
    List<Item> items = new ArrayList<>();
    while (true) {
      items.add(list.item());
      list.skipWhitespace();
      if (list.at == list.text.length()) {
        return items;
      }
      list.expect(',');
      list.skipWhitespace();
    }
  }

  private Item item() {
    String value = string();
    Map<String, Long> parameters = new LinkedHashMap<>();
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      String key = take("[a-z*][a-z0-9_.*-]*");
      expect('=');
      parameters.put(key, Long.valueOf(take("-?[0-9]{1,15}")));
    }
    return new Item(value, parameters);
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        c = text.charAt(at++);
        check(c == '"' || c == '\\');
      }
      check(c >= 0x20 && c <= 0x7e);
      value.append(c);
    }
    at++;
    return value.toString();
  }

  private String take(String pattern) {
    var matcher = java.util.regex.Pattern.compile(pattern).matcher(text).region(at, text.length());
    check(matcher.lookingAt());
    at = matcher.end();
    return matcher.group();
  }

  private void skipWhitespace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void expect(char c) {
    check(at < text.length() && text.charAt(at) == c);
    at++;
  }

  private void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("no structured list at position " + at + ": " + text);
    }
  }
}
