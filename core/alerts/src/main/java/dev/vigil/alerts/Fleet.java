package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's side of a {@link NotificationClaim}: what it throws becomes an answer, and one log
 * line when it begins and when it ends.
 */
final class Fleet {

  private static final Logger log = LoggerFactory.getLogger("vigil.alerts");

  /** What the fleet says of telling. */
  private enum Word {
    TELL,
    SILENT,
    AWAY
  }

  private final NotificationClaim claim;
  private final String channel;
  private final Duration ttl;
  private final Duration repeat;
  private final AttemptTimer timer;
  private boolean away;

  Fleet(
      NotificationClaim claim, String channel, Duration ttl, Duration repeat, AttemptTimer timer) {
    this.claim = claim;
    this.channel = channel;
    this.ttl = ttl;
    this.repeat = repeat;
    this.timer = timer;
  }

  /** A third, so that one or two failures in between cost nothing. */
  Duration renewEvery() {
    return ttl.dividedBy(3);
  }

  /** Renews the claims that are due. */
  void renew(ChannelQueue queue, Ticker ticker) {
    for (QueuedIncident known : queue.renewals(ticker.read())) {
      // Not where the memory is away: what was told is not told anew for that.
      if (claim(known.incident()) == Word.TELL) {
        queue.again(known, ticker.read());
      }
    }
  }

  /** Those of a group that are this replica's to tell; the others are settled. */
  List<QueuedIncident> ours(
      List<QueuedIncident> group, boolean firing, ChannelQueue queue, Ticker ticker, Instant at) {
    List<QueuedIncident> ours = new ArrayList<>();
    for (QueuedIncident known : group) {
      boolean its = firing ? begins(known, queue, ticker, at) : ends(known, queue, ticker, at);
      if (its) {
        ours.add(known);
      }
    }
    return ours;
  }

  private boolean begins(QueuedIncident known, ChannelQueue queue, Ticker ticker, Instant at) {
    if (claim(known.incident()) != Word.SILENT) {
      return true;
    }
    queue.told(known, true, at, ticker.read()); // by another
    return false;
  }

  private boolean ends(QueuedIncident known, ChannelQueue queue, Ticker ticker, Instant at) {
    if (known.last) {
      return true; // said before, and the attempt failed
    }
    NotificationClaim.Release release =
        ask(() -> claim.release(key(known.incident())), NotificationClaim.Release.LAST);
    switch (release) {
      case LAST -> {
        known.last = true;
        return true;
      }
      case OTHERS_FIRE -> queue.watch(known, ticker.read());
      case NOTHING_TOLD -> queue.told(known, false, at, ticker.read());
    }
    return false;
  }

  private Word claim(String incident) {
    return ask(() -> claim.claim(key(incident), ttl) ? Word.TELL : Word.SILENT, Word.AWAY);
  }

  void told(String incident) {
    ask(
        () -> {
          claim.told(key(incident), repeat);
          return true;
        },
        false);
  }

  private String key(String incident) {
    return channel + ":" + incident;
  }

  private <T> T ask(Callable<T> question, T whenAway) {
    try {
      T answer = timer.call(question);
      if (away) {
        away = false;
        log.info("channel {}: the replicas' common memory is back", channel);
      }
      return answer;
    } catch (Exception failure) {
      if (!away) {
        away = true;
        log.warn(
            "channel {}: the replicas' common memory is away, so each of them notifies: {}",
            channel,
            ChannelLog.reason(failure));
      }
      return whenAway;
    }
  }
}
