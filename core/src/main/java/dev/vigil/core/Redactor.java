package dev.vigil.core;

/** SKELETON. */
public final class Redactor {
  private static final Redactor STANDARD = new Redactor();

  private Redactor() {}

  /** SKELETON. */
  public static Redactor standard() {
    return STANDARD;
  }

  /** SKELETON. */
  public String redact(String text) {
    return text;
  }

  /** SKELETON. */
  public String redact(String key, String value) {
    return value;
  }

  /** SKELETON. */
  public boolean sensitive(String key) {
    return false;
  }

  /** SKELETON. */
  public Throwable redact(Throwable failure) {
    return failure;
  }
}
