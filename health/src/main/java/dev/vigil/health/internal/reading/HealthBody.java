package dev.vigil.health.internal.reading;

import org.jspecify.annotations.Nullable;

/** A health body in any of the five formats, told apart by what it looks like. */
public final class HealthBody {

  private HealthBody() {}

  /**
   * Reads a body to its end, whatever its content type says. One in no known format leaves {@code
   * reading} without a status.
   *
   * @return why what it says cannot be trusted, to stand behind "the body"; null where it can
   */
  public static @Nullable String read(String text, Reading reading) {
    // RFC 8259, 8.1: a byte order mark may be ignored.
    String body = (text.startsWith("\ufeff") ? text.substring(1) : text).strip();
    if (body.startsWith("{") || (body.startsWith("[") && !HealthText.isCheck(body))) {
      try {
        HealthJson.read(body, reading);
      } catch (JsonScanner.NotJson broken) {
        return "is not JSON: ".concat(String.valueOf(broken.getMessage()));
      }
    } else if (!body.startsWith("<")) {
      HealthText.read(body, reading);
    }
    return null;
  }
}
