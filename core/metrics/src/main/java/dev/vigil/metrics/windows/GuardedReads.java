package dev.vigil.metrics.windows;

import dev.vigil.core.Redactor;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads meters whose functions may hang, on another thread, without ever hanging itself.
 *
 * <p>In quiet times one thread reads them all, and the evaluator waits for it. Where it makes no
 * progress, it is left to the meter it hangs in, and another goes on with the next: a meter can
 * hold one thread, and a few milliseconds of the evaluator's time, once. Such a meter is read in a
 * thread of its own from then on, and what that finds is taken at the next snapshot, until it is
 * quick again.
 *
 * <p>A late value is bridged by the one before, for one interval; after that the meter is blocked.
 */
final class GuardedReads {

  private static final Logger log = LoggerFactory.getLogger(MeterWindows.class);

  /** Nobody calls a gauge slow that answers within this. */
  private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(1);

  /** More than a scheduler or a collector takes away from a thread on most days. */
  private static final long STALL = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final long interval;
  private final Problems problems;
  private final VigilThreads threads = VigilThreads.named("meters");
  private final List<ForeignMeter> members = new ArrayList<>();
  private ForeignMeter[] round = {};
  private boolean changed;
  private @Nullable ReadingThread reader;

  GuardedReads(Ticker ticker, long interval, Problems problems) {
    this.ticker = ticker;
    this.interval = interval;
    this.problems = problems;
  }

  void add(ForeignMeter meter) {
    members.add(meter);
    changed = true;
  }

  void remove(ForeignMeter meter) {
    members.remove(meter);
    changed = true;
    problems.forget(where(meter));
  }

  /** Reads all; afterwards each is {@link ForeignMeter#fresh}, late or blocked. */
  void read(long now) {
    if (members.isEmpty() && round.length == 0) {
      return;
    }
    if (reader == null) {
      reader = new ReadingThread(threads).start();
    }
    if (!reader.idle()) {
      await(reader); // the last round was too long for one snapshot
    }
    if (reader.idle()) {
      if (changed) {
        round = members.toArray(ForeignMeter[]::new);
        changed = false;
      }
      reader.begin(round, 0, Thread.currentThread());
      await(reader);
    }
    judge(now);
  }

  /**
   * Waits until the round is done, replacing a thread that makes no progress, or until it has been
   * long enough. Measures by the ticker but does not park by it: whoever watches this thread by its
   * ticker sees it waiting for the next evaluation, not for this.
   */
  private void await(ReadingThread first) {
    ReadingThread current = first;
    long begun = ticker.read();
    long moved = begun;
    int seen = current.done();
    long patience = Math.min(interval / 10, STALL);
    while (!current.idle() && !Thread.currentThread().isInterrupted()) {
      long now = ticker.read();
      int done = current.done();
      if (done != seen) {
        seen = done;
        moved = now;
      } else if (now - moved >= patience && done < round.length && leave(current, done)) {
        current = new ReadingThread(threads).start();
        reader = current;
        seen = done + 1;
        current.begin(round, seen, Thread.currentThread());
        moved = now;
        patience = Math.min(patience, STALL / 10); // who hangs seldom hangs alone
      }
      if (now - begun >= Math.min(interval / 4, LONGEST_WAIT)) {
        return;
      }
      LockSupport.parkNanos(this, STALL / 10);
    }
  }

  private boolean leave(ReadingThread stuck, int index) {
    ForeignMeter meter = round[index];
    if (meter.apart()) {
      return false; // passed over in an instant
    }
    meter.setApart(true);
    if (stuck.leave(index)) {
      return true;
    }
    meter.setApart(false);
    return false;
  }

  private void judge(long now) {
    int done = reader == null ? 0 : reader.done();
    for (int i = 0; i < members.size(); i++) {
      members.get(i).setFresh(false);
    }
    for (int i = 0; i < done; i++) {
      round[i].setFresh(!round[i].apart());
    }
    for (int i = 0; i < members.size(); i++) {
      ForeignMeter meter = members.get(i);
      boolean back = meter.apart() && meter.hasReturned();
      if (back) {
        meter.setFresh(true);
      }
      if (meter.judge(now, interval)) {
        tell(meter);
      }
      if (meter.fresh()) {
        tellFailure(meter);
      }
    }
  }

  /** Once their values have been taken, the slow ones are asked for the next. */
  void readApart() {
    for (int i = 0; i < members.size(); i++) {
      ForeignMeter meter = members.get(i);
      if (meter.apart() && meter.hasReturned()) {
        boolean slow = meter.took() >= QUICK;
        meter.setApart(slow);
        if (slow) {
          threads.newThread(() -> timed(meter)).start();
        }
      }
    }
  }

  private void timed(ForeignMeter meter) {
    long begun = ticker.read();
    meter.read();
    meter.returned(ticker.read() - begun);
  }

  private void tell(ForeignMeter meter) {
    if (meter.blocked()) {
      problems.tell(
          where(meter),
          "its function has not returned for " + Duration.ofNanos(interval),
          "rules on it are in error until it does; let it read a field that something else updates");
    } else {
      problems.over(where(meter), "answers again");
    }
  }

  private void tellFailure(ForeignMeter meter) {
    Throwable failure = meter.news();
    if (failure != null) {
      log.warn(
          "{}: its function throws, so its value is missing; told once",
          where(meter),
          Redactor.standard().redact(failure));
    }
  }

  private static String where(ForeignMeter meter) {
    return "meter " + MeterText.of(meter.meter().getId());
  }

  void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
