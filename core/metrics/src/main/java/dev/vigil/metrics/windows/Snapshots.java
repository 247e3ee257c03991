package dev.vigil.metrics.windows;

import dev.vigil.core.internal.Require;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What all series share: when snapshots were taken, and the windows over them. */
final class Snapshots {

  private record Window(long length, long offset) {}

  private final long interval;
  private final long longest;
  private final Timeline timeline;
  private final Map<Window, Span> spans = new HashMap<>();
  private final BucketAccess access;
  private double[] scratch = new double[0];
  private int number;
  private long last;

  Snapshots(long start, long interval, long longest, BucketAccess access) {
    this.access = access;
    this.interval = interval;
    this.longest = longest;
    this.timeline = new Timeline(start, interval);
    this.last = start;
  }

  Timeline timeline() {
    return timeline;
  }

  /** How many snapshots there have been. */
  int number() {
    return number;
  }

  BucketAccess access() {
    return access;
  }

  long interval() {
    return interval;
  }

  /** Begins a snapshot; returns how long nobody looked before it, zero where that is no gap. */
  long begin(long now) {
    long since = now - last;
    boolean gap = number > 0 && since > 3 * interval;
    timeline.advance(now, gap);
    number++;
    last = now;
    return gap ? since : 0;
  }

  /** Checks a window; returns how many slots it needs. */
  int slots(Duration window, Duration offset) {
    Require.positive("window", window);
    Require.notNegative("offset", offset);
    if (window.toNanos() < interval) {
      throw new IllegalArgumentException(
          "a window must not be shorter than the interval of evaluations, "
              + Duration.ofNanos(interval)
              + ", but was "
              + window);
    }
    long reach = Math.addExact(window.toNanos(), offset.toNanos());
    if (reach > longest) {
      throw new IllegalArgumentException(
          "a window with its offset must be at most "
              + Duration.ofNanos(longest)
              + " but was "
              + Duration.ofNanos(reach)
              + "; set longestWindow");
    }
    return Math.toIntExact(Math.addExact(reach, interval - 1) / interval + 1);
  }

  /** How many slots the longest window would need. */
  long mostSlots() {
    return longest / interval + 2;
  }

  /** The slots of a window that has been checked; the same object for the same window. */
  Span span(Duration window, Duration offset) {
    return spans.computeIfAbsent(
        new Window(window.toNanos(), offset.toNanos()),
        it -> new Span(timeline, it.length, it.offset, interval));
  }

  /** The span as of the last snapshot. */
  Span found(Span span) {
    span.find(number);
    return span;
  }

  /** Room to sort samples in. */
  double[] scratch(int size) {
    if (scratch.length < size) {
      scratch = new double[size];
    }
    return scratch;
  }
}
