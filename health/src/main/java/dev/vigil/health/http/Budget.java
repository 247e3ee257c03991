package dev.vigil.health.http;

/**
 * Keeps one check's part of a body within 4 KB, so that no check can make the endpoint's answer
 * grow without bound.
 *
 * <p>Counts what text costs in JSON that is pure ASCII: one byte for a plain character, six for any
 * that may be escaped.
 */
final class Budget {

  /** What one check may add to a body, in bytes; as much as Consul keeps of a check's output. */
  static final int CAP = 4096;

  /** The check's name and the fields whose length does not depend on the check: under 500. */
  private static final int FIXED = 512;

  /** Quotes, colon and comma around a key and its value, or a number of full length. */
  private static final int ENTRY = 32;

  /** One text takes half at most, so that a long message leaves room for where a check hangs. */
  private static final int TEXT = CAP / 2;

  /** What is left of a text that was cut ends so. */
  private static final String MARK = "\u2026";

  private static final int ESCAPED = 6;

  /** Longer text is cut before it is looked at, which bounds the work as well. */
  private static final int READABLE = 16 * CAP;

  private int left = CAP - FIXED;
  private boolean exceeded;

  /** Whether anything was cut or left out. */
  boolean exceeded() {
    return exceeded;
  }

  /** Whether there is no room for another entry, which then counts as left out. */
  boolean full() {
    exceeded |= left < ENTRY;
    return left < ENTRY;
  }

  /** Whether there is room for an entry under this key; if so, its key is paid for. */
  boolean takes(String key) {
    int end = end(key, left - ENTRY);
    if (full() || end < key.length()) {
      exceeded = true;
      return false;
    }
    left -= ENTRY + cost(key, end);
    return true;
  }

  /** Whether there is room for one more item of a list; if so, it is paid for. */
  boolean takesItem() {
    return takes("");
  }

  /** As much of the text as there is room for, with a mark where it was cut; 2 KB at most. */
  String fit(String text) {
    int room = Math.min(left, TEXT);
    int end = end(text, room);
    if (end == text.length()) {
      left -= cost(text, end);
      return text;
    }
    exceeded = true;
    end = end(text, room - ESCAPED);
    left -= cost(text, end) + ESCAPED;
    return text.substring(0, end) + MARK;
  }

  /** The part of a foreign text that is worth redacting. */
  static String readable(String text) {
    return text.length() <= READABLE ? text : text.substring(0, READABLE);
  }

  /** How many characters fit into {@code room} bytes; never half of a pair. */
  private static int end(String text, int room) {
    int used = 0;
    for (int i = 0; i < text.length(); i++) {
      used += cost(text.charAt(i));
      if (used > room) {
        return i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i;
      }
    }
    return text.length();
  }

  private static int cost(String text, int end) {
    int used = 0;
    for (int i = 0; i < end; i++) {
      used += cost(text.charAt(i));
    }
    return used;
  }

  private static int cost(char c) {
    return c < ' ' || c > '~' || c == '"' || c == '\\' ? ESCAPED : 1;
  }
}
