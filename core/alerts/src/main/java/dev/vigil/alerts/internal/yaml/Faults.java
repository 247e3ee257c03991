package dev.vigil.alerts.internal.yaml;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one file, collected so that all of it is told at once. Not thread-safe. */
public final class Faults {

  /** Of a file that is wrong in every line the first hundred are enough. */
  private static final int MOST = 100;

  private final String file;
  private final List<String> found = new ArrayList<>();

  /** None yet. */
  public Faults(String file) {
    this.file = file;
  }

  /** A fault at a place. */
  public void add(int line, int column, String fault) {
    add(file + ":" + line + ":" + column + ": " + fault);
  }

  /** A fault where something begins. */
  public void add(Yaml at, String fault) {
    add(at.line(), at.column(), fault);
  }

  /** A fault that tells its place itself. */
  public void add(String fault) {
    if (found.size() < MOST) {
      found.add(fault);
    }
  }

  /** The file and a line, for faults that tell their place themselves. */
  public String place(Yaml at) {
    return file + ":" + at.line();
  }

  /** All of them. */
  public List<String> found() {
    return List.copyOf(found);
  }
}
