package dev.vigil.alerts.internal.text;

/** What a number measures. Numbers of different dimensions cannot be compared, except with NONE. */
public enum Dimension {
  /** A bare number, which goes with anything. */
  NONE("a plain number"),
  /** A share of one. */
  SHARE("a share"),
  /** Seconds. */
  TIME("a time"),
  /** Bytes. */
  BYTES("an amount of bytes");

  private final String words;

  Dimension(String words) {
    this.words = words;
  }

  /** Whether the two measure the same, or one of them does not say. */
  public boolean goesWith(Dimension other) {
    return this == other || this == NONE || other == NONE;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
