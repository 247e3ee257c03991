package dev.vigil.health.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code Accept} header and chooses the format that it likes best.
 *
 * <p>The highest quality wins; among equals, what is named in full before what a wildcard covers,
 * then what stands first. Where nothing fits, the endpoint's default is sent all the same, as the
 * standard allows: a probe is better served by a body that it did not expect than by a 406, which
 * it would take for sickness.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, 12.5.1 Accept</a>
 */
final class Accept {

  /** Browsers send under 200 characters; what is longer is not read, and the default sent. */
  private static final int LONGEST = 1000;

  private static final int FULL = 1000;

  private final HealthFormat preferred;
  private final Set<HealthFormat> refused = EnumSet.noneOf(HealthFormat.class);
  private @Nullable HealthFormat best;
  private boolean bestIsNamed;
  private int bestQuality;

  private Accept(HealthFormat preferred) {
    this.preferred = preferred;
  }

  static HealthFormat choose(@Nullable String header, HealthFormat preferred) {
    if (header == null || header.equals("*/*") || header.length() > LONGEST) {
      return preferred;
    }
    if (header.indexOf(',') < 0 && header.indexOf(';') < 0) {
      HealthFormat only = format(header, preferred);
      return only == null ? preferred : only;
    }
    return new Accept(preferred).choose(header);
  }

  private HealthFormat choose(String header) {
    int from = 0;
    while (from < header.length()) {
      int end = end(header, from, ',');
      range(header.substring(from, end));
      from = end + 1;
    }
    HealthFormat chosen = best == null ? preferred : best;
    return bestIsNamed ? chosen : notRefused(chosen);
  }

  private void range(String range) {
    int end = end(range, 0, ';');
    String type = range.substring(0, end).strip().toLowerCase(Locale.ROOT);
    HealthFormat format = format(type, preferred);
    int quality = quality(range, end);
    if (format == null || quality < 0) {
      return;
    }
    boolean named = !type.endsWith("*");
    if (quality == 0) {
      if (named) {
        refused.add(format);
      }
    } else if (quality > bestQuality || (quality == bestQuality && named && !bestIsNamed)) {
      best = format;
      bestIsNamed = named;
      bestQuality = quality;
    }
  }

  private static @Nullable HealthFormat format(String type, HealthFormat preferred) {
    return switch (type) {
      case "*/*" -> preferred;
      case "application/*" ->
          preferred == HealthFormat.KUBERNETES ? HealthFormat.NATIVE : preferred;
      case "application/json" ->
          preferred == HealthFormat.MICROPROFILE ? preferred : HealthFormat.NATIVE;
      case "application/health+json" -> HealthFormat.HEALTH_JSON;
      case "application/vnd.spring-boot.actuator.v3+json" -> HealthFormat.ACTUATOR;
      case "text/plain", "text/*" -> HealthFormat.KUBERNETES;
      default -> null;
    };
  }

  private HealthFormat notRefused(HealthFormat chosen) {
    if (refused.contains(chosen)) {
      for (HealthFormat format : HealthFormat.values()) {
        if (!refused.contains(format)) {
          return format;
        }
      }
    }
    return chosen;
  }

  /** The parameter q in thousandths; {@link #FULL} without one, negative where it is malformed. */
  private static int quality(String range, int from) {
    int start = from;
    while (start < range.length()) {
      int end = end(range, start + 1, ';');
      String parameter = range.substring(start + 1, end).strip();
      if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
        return thousandths(parameter.substring(2));
      }
      start = end;
    }
    return FULL;
  }

  /** RFC 9110, 12.4.2: from 0 to 1, with at most three decimals. */
  private static int thousandths(String weight) {
    if (weight.isEmpty() || weight.length() > "0.123".length()) {
      return -1;
    }
    int value = 0;
    int scale = FULL;
    for (int i = 0; i < weight.length(); i++) {
      char c = weight.charAt(i);
      if (i == 1 ? c != '.' : c < '0' || c > '9') {
        return -1;
      }
      if (i != 1) {
        value += (c - '0') * scale;
        scale /= 10;
      }
    }
    return value <= FULL ? value : -1;
  }

  /** Where the next separator stands, or the end; one within quotes does not count. */
  private static int end(String text, int from, char separator) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        return i;
      }
    }
    return text.length();
  }
}
