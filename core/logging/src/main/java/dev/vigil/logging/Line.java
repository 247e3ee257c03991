package dev.vigil.logging;

import ch.qos.logback.classic.Level;

/** What is written of one event, each form made once. */
final class Line {

  private final Level level;
  private final byte[] console;
  private final byte[] file;
  private final byte[] shipped;

  /**
   * A line, by whose arrays nothing more is written.
   *
   * @param console for the console
   * @param file for the files; the same array where the format is the same
   * @param shipped for Datadog; empty where nothing is shipped
   */
  Line(Level level, byte[] console, byte[] file, byte[] shipped) {
    this.level = level;
    this.console = console;
    this.file = file;
    this.shipped = shipped;
  }

  boolean isError() {
    return level.toInt() >= Level.ERROR_INT;
  }

  /** About how many bytes it holds on to. */
  int size() {
    return console.length + file.length + shipped.length;
  }

  byte[] console() {
    return console;
  }

  byte[] file() {
    return file;
  }

  byte[] shipped() {
    return shipped;
  }
}
