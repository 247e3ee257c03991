package dev.vigil.alerts;

import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One receiver with its queue and its thread, which is there from the first alert on.
 *
 * <p>Whoever offers an alert waits for no receiver and no common memory: what is under this
 * object's lock only moves things about in memory.
 */
final class Channel {

  private static final long END = -1;

  /** For a thread that is woken when there is news. */
  private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();

  private final String name;
  private final Notifier notifier;
  private final Outbox.Setup setup;
  private final @Nullable Fleet fleet;
  private final ChannelQueue queue; // guarded by this
  private final Pace pace;
  private final ChannelLog log;
  private final VigilThreads threads;
  private final Deque<CompletableFuture<ChannelOutcome>> tests = new ArrayDeque<>();
  private @Nullable Thread thread;
  private boolean closing;
  private volatile boolean stopped;

  Channel(String name, Notifier notifier, Outbox.Setup setup) {
    this.name = name;
    this.notifier = notifier;
    this.setup = setup;
    Duration own = notifier.resendEvery();
    Duration repeat = own == null ? setup.repeat() : own;
    NotificationClaim claim = own == null && !notifier.isLocal() ? setup.claim() : null;
    fleet = claim == null ? null : new Fleet(claim, name, setup.claimTtl(), repeat, setup.timer());
    queue = new ChannelQueue(repeat, fleet == null ? null : fleet.renewEvery());
    pace = new Pace(name, notifier.minimumGap(), setup.ticker(), setup.random());
    log = new ChannelLog(name, setup.registry(), setup.errors());
    threads = VigilThreads.named("alert-" + name);
  }

  String name() {
    return name;
  }

  boolean reachesSomebody() {
    return !notifier.isLocal();
  }

  boolean canDeliver() {
    return !log.failing();
  }

  synchronized void offer(String rule, List<Alert> alerts) {
    if (closing) {
      return;
    }
    long now = setup.ticker().read();
    for (Alert alert : alerts) {
      queue.offer(rule, alert, now);
    }
    wake();
  }

  synchronized void restore(String rule, Alert alert, Instant toldAt) {
    queue.restore(rule, alert, toldAt, setup.clock().instant(), setup.ticker().read());
    wake();
  }

  synchronized CompletableFuture<ChannelOutcome> test() {
    CompletableFuture<ChannelOutcome> outcome = new CompletableFuture<>();
    if (closing) {
      outcome.complete(new ChannelOutcome(name, "the engine is closed"));
    } else {
      tests.add(outcome);
      wake();
    }
    return outcome;
  }

  synchronized List<ChannelQueue.Told> delivered() {
    return queue.delivered();
  }

  synchronized long version() {
    return queue.version();
  }

  synchronized int queued() {
    return queue.queued();
  }

  private void wake() {
    if (thread == null) {
      thread = threads.newThread(this::run);
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (true) {
      long wait;
      try {
        wait = step();
      } catch (RuntimeException | Error failure) { // top of a thread of ours
        setup.errors().report("telling channel " + name, failure);
        wait = Duration.ofSeconds(1).toNanos();
      }
      if (wait == END) {
        return;
      }
      if (wait > 0) {
        setup.ticker().park(wait);
      }
      if (!stopped) {
        Thread
            .interrupted(); // nobody else's business, and would make each further wait end at once
      }
    }
  }

  /** Does one thing that is due, and says for how long there is nothing more to do. */
  private long step() {
    CompletableFuture<ChannelOutcome> test;
    synchronized (this) {
      test = tests.poll();
    }
    if (test != null) {
      test.complete(tryOut());
      return 0;
    }
    if (fleet != null) {
      renew(fleet);
    }
    List<QueuedIncident> group;
    synchronized (this) {
      long now = setup.ticker().read();
      housekeeping(now);
      if (stopped || (closing && (queue.queued() == 0 || pace.failing()))) {
        return END;
      }
      long untilDue = Math.min(queue.untilDue(now), LONGEST_WAIT);
      if (queue.queued() == 0) {
        return untilDue;
      }
      long pause = pace.begin();
      if (pause > 0) {
        return Math.min(pause, untilDue);
      }
      group = queue.take(notifier.alertsAtOnce());
    }
    attempt(group);
    return 0;
  }

  private void housekeeping(long now) {
    boolean mutes = notifier.resendEvery() == null; // else the receiver would take it for the end
    queue.repeat(now, alert -> mutes && setup.muted().test(alert));
    int expired = queue.expire(now);
    if (expired > 0) {
      log.expired(expired);
    }
    int dropped = queue.takeDropped();
    if (dropped > 0) {
      log.dropped(dropped);
    }
  }

  private void renew(Fleet fleet) {
    List<QueuedIncident> due;
    synchronized (this) {
      due = queue.renewals(setup.ticker().read());
    }
    for (QueuedIncident known : due) {
      if (fleet.claim(known.incident()) == Fleet.Word.TELL) {
        synchronized (this) {
          queue.again(known, setup.ticker().read());
        }
      }
    }
  }

  private void attempt(List<QueuedIncident> group) {
    boolean firing = QueuedIncident.fires(group.get(0).sent());
    List<QueuedIncident> ours = fleet == null ? group : ours(fleet, group, firing);
    if (ours.isEmpty()) {
      pace.spared();
      return;
    }
    Notification notification = notification(ours, firing);
    try {
      send(notification);
    } catch (Exception failure) {
      fail(ours, firing, failure);
      return;
    }
    settle(ours, firing, notification.at());
  }

  /** Those of the group that are this replica's to tell. */
  private List<QueuedIncident> ours(Fleet fleet, List<QueuedIncident> group, boolean firing) {
    List<QueuedIncident> ours = new ArrayList<>();
    for (QueuedIncident known : group) {
      if (firing) {
        if (fleet.claim(known.incident()) == Fleet.Word.SILENT) {
          synchronized (this) {
            queue.told(known, true, setup.clock().instant(), setup.ticker().read());
          }
          continue;
        }
      } else if (!known.last) {
        NotificationClaim.Release release = fleet.release(known.incident());
        if (release != NotificationClaim.Release.LAST) {
          synchronized (this) {
            if (release == NotificationClaim.Release.OTHERS_FIRE) {
              queue.watch(known, setup.ticker().read());
            } else {
              queue.told(known, false, setup.clock().instant(), setup.ticker().read());
            }
          }
          continue;
        }
        known.last = true;
      }
      ours.add(known);
    }
    return ours;
  }

  private Notification notification(List<QueuedIncident> group, boolean firing) {
    int shown = notifier.alertsAtOnce() == 0 ? Notification.MOST_ALERTS : group.size();
    List<Alert> alerts =
        group.stream()
            .map(QueuedIncident::sent)
            .sorted(Notification.MOST_RECENT_FIRST)
            .limit(shown)
            .toList();
    return new Notification(
        group.get(0).rule,
        firing ? Notification.Kind.FIRING : Notification.Kind.RESOLVED,
        alerts,
        group.size() - alerts.size(),
        setup.clock().instant());
  }

  private void send(Notification notification) throws Exception {
    setup
        .timer()
        .call(
            () -> {
              notifier.send(notification);
              return true;
            });
  }

  private void settle(List<QueuedIncident> told, boolean firing, Instant at) {
    synchronized (this) {
      long now = setup.ticker().read();
      for (QueuedIncident known : told) {
        queue.told(known, firing, at, now);
      }
    }
    pace.succeeded();
    log.delivered(setup.ticker().read());
    if (fleet != null && firing) {
      told.forEach(known -> fleet.told(known.incident()));
    }
  }

  private void fail(List<QueuedIncident> group, boolean firing, Exception failure) {
    DeliveryException answer = failure instanceof DeliveryException no ? no : null;
    boolean again = answer == null || answer.retryable();
    long now = setup.ticker().read();
    pace.failed(failure, answer == null ? null : answer.retryAfter());
    synchronized (this) {
      for (QueuedIncident known : group) {
        if (again) {
          queue.failed(known, firing, now);
        } else {
          queue.refused(known, firing, now);
        }
      }
    }
    if (again) {
      log.failed(failure, now);
    } else {
      log.refused(failure, group.size(), now);
    }
  }

  private ChannelOutcome tryOut() {
    try {
      send(Notification.test(name, setup.clock().instant()));
      return new ChannelOutcome(name, null);
    } catch (Exception failure) {
      return new ChannelOutcome(name, ChannelLog.reason(failure));
    }
  }

  /** Lets the thread send what it can at once; it ends by itself then. */
  synchronized @Nullable Thread finish() {
    closing = true;
    tests.forEach(test -> test.complete(new ChannelOutcome(name, "the engine is closing")));
    tests.clear();
    if (thread != null) {
      LockSupport.unpark(thread);
    }
    return thread;
  }

  /** Ends what is under way, and lets go of the receiver. */
  void stop() {
    stopped = true;
    Thread last;
    synchronized (this) {
      last = thread;
    }
    if (last != null) {
      last.interrupt();
    }
    log.close();
    try {
      notifier.close();
    } catch (RuntimeException failure) {
      setup.errors().report("closing channel " + name, failure);
    }
  }
}
