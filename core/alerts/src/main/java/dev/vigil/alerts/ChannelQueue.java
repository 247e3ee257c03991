package dev.vigil.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one channel has to tell and what it has told, without thread, clock or receiver.
 *
 * <p>Keyed by incident: a newer state takes the place of an older one that waits, and where the
 * receiver knows it already both are dropped. So an end is told only of a beginning that was
 * delivered. Bounded: where more than {@value #CAPACITY} wait, the one that waits longest is
 * dropped. What the receiver was told and still fires is queued again when its repetition is due.
 *
 * <p>Times are nanoseconds of one ticker. Thread-safe; no method waits for anything.
 */
final class ChannelQueue {

  static final int CAPACITY = 256;

  private final long repeat;
  private final long renew;
  private final Map<String, QueuedIncident> incidents = new LinkedHashMap<>();
  private int queued;
  private int dropped;
  private long version;

  /**
   * Makes one.
   *
   * @param repeat after which time what still fires is told again
   * @param renew how often the fleet hears of what fires here, null for never
   */
  ChannelQueue(Duration repeat, @Nullable Duration renew) {
    this.repeat = repeat.toNanos();
    this.renew = renew == null ? Long.MAX_VALUE : renew.toNanos();
  }

  /** Takes over new states of a rule's incidents, so that they can be told together. */
  synchronized void offer(String rule, List<Alert> alerts, long now) {
    alerts.forEach(alert -> offer(rule, alert, now));
  }

  private void offer(String rule, Alert alert, long now) {
    QueuedIncident known = incidents.get(alert.incident());
    boolean fires = QueuedIncident.fires(alert);
    if (known == null) {
      if (fires) {
        known = new QueuedIncident(rule, alert);
        incidents.put(alert.incident(), known);
        enqueue(known, now);
      }
      return;
    }
    boolean news = known.firing() != fires;
    known.alert = alert;
    if (news && known.sending == null) {
      settle(known, now);
    }
  }

  /** Takes over what the receiver had been told before a restart. */
  synchronized void restore(String rule, Alert alert, Instant toldAt, Instant wall, long now) {
    QueuedIncident known = new QueuedIncident(rule, alert);
    known.toldAt = toldAt;
    if (incidents.putIfAbsent(alert.incident(), known) == null) {
      settle(known, now);
      long ago = Math.max(0, Math.min(repeat, Duration.between(toldAt, wall).toNanos()));
      known.due = now + repeat - ago;
      known.renew = now;
    }
  }

  /** Puts it where it belongs, now that what is true or what the receiver knows has changed. */
  private void settle(QueuedIncident known, long now) {
    known.last = false;
    if (known.firing() != (known.toldAt != null)) {
      enqueue(known, now);
    } else {
      dequeue(known);
      rest(known, now);
      if (!known.firing()) {
        incidents.remove(known.incident());
      }
    }
  }

  private void rest(QueuedIncident known, long now) {
    known.due = now + repeat;
    known.renew = renew == Long.MAX_VALUE ? Long.MAX_VALUE : now + renew;
  }

  private void enqueue(QueuedIncident known, long now) {
    known.since = now;
    if (!known.queued) {
      known.queued = true;
      queued++;
    }
    toTheEnd(known);
    if (queued > CAPACITY) {
      incidents.values().stream()
          .filter(oldest -> oldest.queued && oldest.sending == null)
          .findFirst()
          .ifPresent(oldest -> drop(oldest, now));
    }
  }

  private void drop(QueuedIncident oldest, long now) {
    dropped++;
    giveUp(oldest, now, oldest.firing() && oldest.toldAt != null);
  }

  private void giveUp(QueuedIncident known, long now, boolean keep) {
    dequeue(known);
    if (keep) {
      rest(known, now);
    } else {
      incidents.remove(known.incident());
      version++;
    }
  }

  private void dequeue(QueuedIncident known) {
    if (known.queued) {
      known.queued = false;
      queued--;
    }
  }

  /** So that one that fails over and over does not keep the others waiting. */
  private void toTheEnd(QueuedIncident known) {
    incidents.remove(known.incident());
    incidents.put(known.incident(), known);
  }

  /** What does not wait and is due: repetitions, and ends that were looked at before. */
  synchronized List<QueuedIncident> due(long now) {
    List<QueuedIncident> due = new ArrayList<>();
    for (QueuedIncident known : incidents.values()) {
      if (!known.queued && now - known.due >= 0) {
        due.add(known);
      }
    }
    return due;
  }

  /** Queues what is due, or lets it rest for another time where it is muted and still fires. */
  synchronized void repeat(QueuedIncident known, boolean muted, long now) {
    if (!holds(known) || known.queued) {
      return; // something has changed since it was due
    }
    if (known.firing() && muted) {
      rest(known, now);
    } else {
      enqueue(known, now);
    }
  }

  private boolean holds(QueuedIncident known) {
    return incidents.get(known.incident()) == known;
  }

  /**
   * What is to be told next: the incident that waits longest and those of its rule that are in the
   * same state; empty where nothing waits. They count as being sent until one of the methods below
   * is called for each.
   *
   * @param most how many, zero for all
   */
  synchronized List<QueuedIncident> take(int most) {
    List<QueuedIncident> group = new ArrayList<>();
    for (QueuedIncident known : incidents.values()) {
      if (known.queued
          && (group.isEmpty()
              || (known.rule.equals(group.get(0).rule)
                  && known.firing() == group.get(0).firing()))) {
        known.sending = known.alert;
        group.add(known);
        if (group.size() == most) {
          break;
        }
      }
    }
    return group;
  }

  /** The receiver knows now that it fires, or that it does not, whoever told. */
  synchronized void told(QueuedIncident known, boolean firing, Instant at, long now) {
    known.toldAt = firing ? at : null;
    known.sending = null;
    version++;
    settle(known, now);
  }

  /** The attempt failed; another can help. */
  synchronized void failed(QueuedIncident known, boolean firing, long now) {
    known.sending = null;
    if (known.firing() == firing) {
      toTheEnd(known);
    } else {
      settle(known, now);
    }
  }

  /** The receiver does not want it. */
  synchronized void refused(QueuedIncident known, boolean firing, long now) {
    known.sending = null;
    if (known.firing() == firing) {
      giveUp(known, now, firing);
    } else {
      settle(known, now);
    }
  }

  /** It is over here and not elsewhere: looked at again when the fleet is. */
  synchronized void watch(QueuedIncident known, long now) {
    known.sending = null;
    if (known.firing()) {
      settle(known, now);
      known.renew = now;
    } else {
      dequeue(known);
      known.due = now + renew;
    }
  }

  /** Queues what fires though it was told, since the fleet says that it has to be told again. */
  synchronized void again(QueuedIncident known, long now) {
    if (holds(known) && known.firing() && !known.queued) {
      enqueue(known, now);
    }
  }

  /** What fires here and has to be renewed with the fleet; it counts as renewed. */
  synchronized List<QueuedIncident> renewals(long now) {
    List<QueuedIncident> due = new ArrayList<>();
    for (QueuedIncident known : incidents.values()) {
      if (renew != Long.MAX_VALUE && renewable(known) && now - known.renew >= 0) {
        known.renew = now + renew;
        due.add(known);
      }
    }
    return due;
  }

  private static boolean renewable(QueuedIncident known) {
    return !known.queued && known.firing() && known.toldAt != null;
  }

  /** Gives up what has waited too long; how many. What still fires is tried as a repetition. */
  synchronized int expire(long now) {
    int expired = 0;
    for (QueuedIncident known : List.copyOf(incidents.values())) {
      if (known.queued && now - known.since >= RetryPlan.GIVE_UP.toNanos()) {
        giveUp(known, now, known.firing());
        expired++;
      }
    }
    return expired;
  }

  /** How long it is until something has to be queued or renewed that is not queued. */
  synchronized long untilDue(long now) {
    long until = Long.MAX_VALUE;
    for (QueuedIncident known : incidents.values()) {
      if (!known.queued) {
        until = Math.min(until, known.due - now);
        if (renew != Long.MAX_VALUE && renewable(known)) {
          until = Math.min(until, known.renew - now);
        }
      }
    }
    return Math.max(0, until);
  }

  /** How many wait or are being sent. */
  synchronized int queued() {
    return queued;
  }

  /** How many were dropped since this was last asked. */
  synchronized int takeDropped() {
    int count = dropped;
    dropped = 0;
    return count;
  }

  /** What the receiver believes to fire. */
  synchronized List<ToldAlert> delivered() {
    List<ToldAlert> told = new ArrayList<>();
    for (QueuedIncident known : incidents.values()) {
      if (known.toldAt != null) {
        told.add(new ToldAlert(known.rule, known.alert, known.toldAt));
      }
    }
    return told;
  }

  /** Changes with what the receiver believes. */
  synchronized long version() {
    return version;
  }
}
