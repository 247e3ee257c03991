package dev.vigil.metrics.windows;

/**
 * One window with its offset, as slots of the timeline: found once a snapshot for all who ask.
 *
 * <p>A snapshot that was up to an eighth of an interval late or early counts as on time, since
 * threads do not wake to the nanosecond.
 */
final class Span {

  private final Timeline timeline;
  private final long window;
  private final long offset;
  private final long tolerance;
  private int foundAt = -1;
  private int before;
  private int first;
  private int last;

  Span(Timeline timeline, long window, long offset, long interval) {
    this.timeline = timeline;
    this.window = window;
    this.offset = offset;
    this.tolerance = interval / 8;
  }

  /** Finds the slots as of the newest, once for each number of a snapshot. */
  void find(int snapshot) {
    if (snapshot == foundAt) {
      return;
    }
    foundAt = snapshot;
    long end = timeline.tick(timeline.newest()) - offset;
    long start = end - window;
    last = offset == 0 ? timeline.newest() : timeline.atOrBefore(end + tolerance);
    before = timeline.atOrBefore(start + tolerance);
    if (before < 0) {
      before = timeline.oldest();
      first = before;
    } else {
      first = timeline.tick(before) - (start - tolerance) >= 0 ? before : before + 1;
    }
  }

  /** The slot at or before the window's start, where growth is counted from. */
  int before() {
    return before;
  }

  /** The first slot in the window, its start included as in Prometheus 2. */
  int first() {
    return first;
  }

  /** The last slot in the window; below the others where the window lies before the start. */
  int last() {
    return last;
  }

  /** The window's length in seconds, as asked for. */
  double seconds() {
    return window / 1e9;
  }

  Timeline timeline() {
    return timeline;
  }
}
