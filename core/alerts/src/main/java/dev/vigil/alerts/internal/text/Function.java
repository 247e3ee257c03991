package dev.vigil.alerts.internal.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be called. */
public enum Function {
  /** Growth a second. */
  RATE(1, Takes.WINDOW),
  /** Growth. */
  INCREASE(1, Takes.WINDOW),
  /** The last value. */
  LAST(1, Takes.WINDOW),
  /** Last less first. */
  DELTA(1, Takes.WINDOW),
  /** Standard deviation of the snapshots. */
  STDDEV(1, Takes.WINDOW),
  /** How often the value has changed. */
  CHANGES(1, Takes.WINDOW),
  /** Median. */
  P50(1, Takes.WINDOW),
  /** 90th percentile. */
  P90(1, Takes.WINDOW),
  /** 95th percentile. */
  P95(1, Takes.WINDOW),
  /** 99th percentile. */
  P99(1, Takes.WINDOW),
  /** 99.9th percentile. */
  P999(1, Takes.WINDOW),
  /** Any percentile, its second argument. */
  PERCENTILE(2, Takes.WINDOW),
  /** Over a window, or across label sets. */
  SUM(1, Takes.EITHER),
  /** Over a window, or across label sets. */
  MIN(1, Takes.EITHER),
  /** Over a window, or across label sets. */
  MAX(1, Takes.EITHER),
  /** Over a window, or across label sets. */
  AVG(1, Takes.EITHER),
  /** Over a window, or across label sets. */
  COUNT(1, Takes.EITHER),
  /** Without sign. */
  ABS(1, Takes.NUMBERS),
  /** To the nearest whole number, halves up. */
  ROUND(1, Takes.NUMBERS),
  /** Not below the second argument and not above the third. */
  CLAMP(3, Takes.NUMBERS),
  /** The remainder. */
  MOD(2, Takes.NUMBERS),
  /** Whether there is no value: a condition. */
  ABSENT(1, Takes.NUMBERS),
  /** Seconds since the JVM's start. */
  UPTIME(0, Takes.NUMBERS);

  private enum Takes {
    WINDOW,
    EITHER,
    NUMBERS
  }

  private final int arity;
  private final Takes takes;

  Function(int arity, Takes takes) {
    this.arity = arity;
    this.takes = takes;
  }

  /** How it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int arity() {
    return arity;
  }

  boolean needsWindow() {
    return takes == Takes.WINDOW;
  }

  /** Whether it can be given a window. */
  public boolean windows() {
    return takes != Takes.NUMBERS;
  }

  /** Whether it works across label sets where it is given no window. */
  public boolean aggregates() {
    return takes == Takes.EITHER;
  }

  static Optional<Function> of(String word) {
    return Arrays.stream(values()).filter(function -> function.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Function::word).toList();
  }
}
