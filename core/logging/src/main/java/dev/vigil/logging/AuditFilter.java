package dev.vigil.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Lets events with the marker AUDIT pass, whatever the level of their logger. */
final class AuditFilter extends TurboFilter {

  static final String MARKER = "AUDIT";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    return marker != null && marker.contains(MARKER) ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
  }
}
