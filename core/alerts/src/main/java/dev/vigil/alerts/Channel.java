package dev.vigil.alerts;

import dev.vigil.core.internal.VigilThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
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
  private final ChannelQueue queue;
  private final boolean mutes;
  private final Pace pace;
  private final ChannelLog log;
  private final VigilThreads threads;
  private volatile boolean stopped;
  private volatile @Nullable Long sendingSince;

  // Guarded by this.
  private final Deque<CompletableFuture<ChannelOutcome>> tests = new ArrayDeque<>();
  private @Nullable Thread thread;
  private boolean closing;

  Channel(String name, Notifier notifier, Outbox.Setup setup) {
    this.name = name;
    this.notifier = notifier;
    this.setup = setup;
    Duration own = notifier.resendEvery();
    Duration repeat = own == null ? setup.repeat() : own;
    mutes = own == null; // else the receiver would take the silence for the end
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

  /** Not while the last attempt has failed, nor in one that does not let itself be interrupted. */
  boolean canDeliver() {
    Long since = sendingSince;
    boolean stuck =
        since != null && setup.ticker().read() - since > 2 * setup.timer().limit().toNanos();
    return !stuck && !log.failing();
  }

  void offer(String rule, List<Alert> alerts) {
    queue.offer(rule, alerts, setup.ticker().read());
    wake();
  }

  void restore(String rule, Alert alert, Instant toldAt) {
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

  List<ToldAlert> delivered() {
    return queue.delivered();
  }

  long version() {
    return queue.version();
  }

  int queued() {
    return queue.queued();
  }

  private synchronized void wake() {
    if (thread == null && !closing) {
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
    boolean ending;
    synchronized (this) {
      test = tests.poll();
      ending = closing;
    }
    if (test != null) {
      test.complete(tryOut());
      return 0;
    }
    if (fleet != null && !ending) {
      fleet.renew(queue, setup.ticker());
    }
    housekeeping();
    if (stopped || (ending && (queue.queued() == 0 || pace.failing()))) {
      return END;
    }
    long untilDue = Math.min(queue.untilDue(setup.ticker().read()), LONGEST_WAIT);
    if (queue.queued() == 0) {
      return untilDue;
    }
    long pause = pace.begin();
    if (pause > 0) {
      return Math.min(pause, untilDue);
    }
    attempt(queue.take(notifier.alertsAtOnce()));
    return 0;
  }

  private void housekeeping() {
    long now = setup.ticker().read();
    for (QueuedIncident known : queue.due(now)) {
      queue.repeat(known, mutes && setup.muted().test(known.alert), now);
    }
    log.lost(queue.expire(now), queue.takeDropped());
    if (queue.queued() == 0) {
      log.caughtUp();
    }
  }

  private void attempt(List<QueuedIncident> group) {
    List<QueuedIncident> ours = group;
    boolean firing = !group.isEmpty() && QueuedIncident.fires(group.get(0).sent());
    if (fleet != null) {
      ours = fleet.ours(group, firing, queue, setup.ticker(), setup.clock().instant());
    }
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
    sendingSince = setup.ticker().read();
    try {
      setup
          .timer()
          .call(
              () -> {
                notifier.send(notification);
                return true;
              });
    } finally {
      sendingSince = null;
    }
  }

  private void settle(List<QueuedIncident> told, boolean firing, Instant at) {
    long now = setup.ticker().read();
    told.forEach(known -> queue.told(known, firing, at, now));
    pace.succeeded();
    log.delivered(now);
    if (fleet != null && firing) {
      told.forEach(known -> fleet.told(known.incident()));
    }
  }

  private void fail(List<QueuedIncident> group, boolean firing, Exception failure) {
    DeliveryException answer = failure instanceof DeliveryException no ? no : null;
    boolean again = answer == null || answer.retryable();
    long now = setup.ticker().read();
    pace.failed(failure, answer == null ? null : answer.retryAfter());
    if (again) {
      group.forEach(known -> queue.failed(known, firing, now));
      log.failed(failure, now);
    } else {
      group.forEach(known -> queue.refused(known, firing, now));
      log.refused(failure, now);
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
