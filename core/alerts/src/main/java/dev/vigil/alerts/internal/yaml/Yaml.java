package dev.vigil.alerts.internal.yaml;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file, and where it begins; lines and columns from 1. Immutable. */
public sealed interface Yaml {

  /** Its first line. */
  int line();

  /** Its first column. */
  int column();

  /** What it is, for error messages. */
  String what();

  /** Names with values, in the file's order. */
  record Mapping(int line, int column, Map<String, Entry> entries) implements Yaml {
    @Override
    public String what() {
      return "a mapping";
    }
  }

  /** A value, and where its name stands. */
  record Entry(int line, int column, Yaml value) {}

  /** Values in order. */
  record Sequence(int line, int column, List<Yaml> items) implements Yaml {
    @Override
    public String what() {
      return "a list";
    }
  }

  /**
   * A single value.
   *
   * @param text as written, with placeholders filled; it may be a secret, so that it is in no
   *     message
   * @param filled whether any of it came from a placeholder
   */
  record Scalar(int line, int column, String text, boolean filled) implements Yaml {
    @Override
    public String what() {
      return "a single value";
    }

    /** Without the value. */
    @Override
    public String toString() {
      return "scalar at line " + line + ", column " + column;
    }
  }

  /** A name without a value. */
  record Nothing(int line, int column) implements Yaml {
    @Override
    public String what() {
      return "nothing";
    }
  }
}
