package dev.vigil.metrics.windows;

import dev.vigil.core.Redactor;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;

/** Meters for messages: name and tags as in a rule, without secrets. */
final class MeterText {

  /** Tags may hold whatever the application puts there. */
  private static final int LONGEST = 200;

  private MeterText() {}

  static String of(Meter.Id id) {
    StringBuilder text = new StringBuilder(id.getName());
    char separator = '{';
    for (Tag tag : id.getTagsAsIterable()) {
      text.append(separator)
          .append(tag.getKey())
          .append("=\"")
          .append(Redactor.standard().redact(tag.getKey(), tag.getValue()))
          .append('"');
      separator = ',';
    }
    if (separator == ',') {
      text.append('}');
    }
    String safe = printable(Redactor.standard().redact(text.toString()));
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
  }

  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
