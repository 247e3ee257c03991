package dev.vigil.metrics.windows;

/**
 * A number that grows, kept so that growth between two slots is one subtraction: falls and gaps are
 * taken out when they come. Is its track rather than has it, since there may be one for each of a
 * hundred thousand meters.
 */
class Total extends Track {

  /** As the meter counts; NaN before the first reading. */
  private double raw = Double.NaN;

  /** What is added to the meter's count to make it one that never fell. */
  private double correction;

  Total(Timeline timeline) {
    super(timeline);
  }

  /**
   * Takes a reading; NaN where it is missing.
   *
   * @param gap whether growth since the last reading does not count
   * @return whether the meter has fallen
   */
  final boolean sample(double now, boolean gap) {
    double before = raw + correction;
    if (Double.isNaN(now)) {
      put(Double.NaN, before);
      return false;
    }
    // What it had counted before a fall stays; all that it counts now has been counted since.
    boolean fell = now < raw;
    if (fell) {
      correction += raw;
    }
    if (gap && !Double.isNaN(raw)) {
      correction = before - now;
    }
    raw = now;
    put(now + correction, before);
    return fell;
  }

  /** Takes a reading that belongs to no snapshot: the last of a meter that is removed. */
  final void last(double now) {
    if (now >= raw) {
      raw = now;
    }
  }

  /** The meter is a new one with the same name, which counts from zero. */
  final void restart() {
    if (!Double.isNaN(raw)) {
      correction += raw;
      raw = 0;
    }
  }

  /** Growth over a span; NaN where fewer than two snapshots, or none of the time, is known. */
  final double growth(Span span) {
    int from = start(span);
    return from < 0 ? Double.NaN : at(span.last()) - at(from);
  }

  /**
   * Growth a second; NaN where less than half of the window is known, else over the part that is.
   */
  final double rate(Span span) {
    int from = start(span);
    if (from < 0) {
      return Double.NaN;
    }
    double seconds = span.timeline().seconds(from, span.last());
    return seconds * 2 < span.seconds() ? Double.NaN : (at(span.last()) - at(from)) / seconds;
  }

  /** The slot that growth is counted from, or -1 where there is none. */
  private int start(Span span) {
    int from = Math.max(span.before(), oldest());
    while (from < span.last() && Double.isNaN(at(from))) {
      from++;
    }
    return from < span.last() && span.timeline().seconds(from, span.last()) > 0 ? from : -1;
  }
}
