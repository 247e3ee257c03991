package dev.vigil.alerts;

import dev.vigil.core.Ticker;
import java.time.Duration;
import java.time.InstantSource;
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

  /** So that a memory that hangs costs a channel one attempt's time and not one for each alert. */
  private static final long ASK_AGAIN = Duration.ofSeconds(30).toNanos();

  private final NotificationClaim claim;
  private final String channel;
  private final Duration repeat;
  private final Duration ttl;
  private final AttemptTimer timer;
  private final Ticker ticker;
  private final InstantSource clock;
  private boolean away;
  private long awaySince;

  Fleet(NotificationClaim claim, String channel, Duration repeat, Outbox.Setup setup) {
    this.claim = claim;
    this.channel = channel;
    this.repeat = repeat;
    ttl = setup.claimTtl();
    timer = setup.timer();
    ticker = setup.ticker();
    clock = setup.clock();
  }

  /** A third, so that one or two failures in between cost nothing. */
  Duration renewEvery() {
    return ttl.dividedBy(3);
  }

  /**
   * Renews the claims that are due. Where the memory knows of no telling, this replica reminds it
   * of its own, as after a restart; else whoever was to tell has died before it did.
   */
  void renew(ChannelQueue queue) {
    for (QueuedIncident known : queue.renewals(ticker.read())) {
      if (claim(known.incident()) != Word.TELL) {
        continue; // nor where the memory is away: what was told is not told anew for that
      }
      long left = known.due - ticker.read();
      if (known.toldHere && left > 0) {
        told(known.incident(), Duration.ofNanos(left).plusMillis(1));
      } else {
        queue.again(known, ticker.read());
      }
    }
  }

  /** Those of a group that are this replica's to tell; the others are settled. */
  List<QueuedIncident> ours(List<QueuedIncident> group, boolean firing, ChannelQueue queue) {
    List<QueuedIncident> ours = new ArrayList<>();
    for (QueuedIncident known : group) {
      boolean its = firing ? begins(known, queue) : ends(known, queue);
      if (its) {
        ours.add(known);
      }
    }
    return ours;
  }

  private boolean begins(QueuedIncident known, ChannelQueue queue) {
    if (claim(known.incident()) != Word.SILENT) {
      return true;
    }
    queue.toldElsewhere(known, clock.instant(), ticker.read());
    return false;
  }

  private boolean ends(QueuedIncident known, ChannelQueue queue) {
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
      case NOTHING_TOLD -> queue.told(known, false, clock.instant(), ticker.read());
    }
    return false;
  }

  private Word claim(String incident) {
    return ask(() -> claim.claim(key(incident), ttl) ? Word.TELL : Word.SILENT, Word.AWAY);
  }

  void told(String incident) {
    told(incident, repeat);
  }

  private void told(String incident, Duration validFor) {
    ask(
        () -> {
          claim.told(key(incident), validFor);
          return true;
        },
        false);
  }

  private String key(String incident) {
    return channel + ":" + incident;
  }

  private <T> T ask(Callable<T> question, T whenAway) {
    if (away && ticker.read() - awaySince < ASK_AGAIN) {
      return whenAway;
    }
    try {
      T answer = timer.call(question);
      if (away) {
        away = false;
        log.info("channel {}: the replicas' common memory is back", channel);
      }
      return answer;
    } catch (Exception failure) {
      if (!away) {
        log.warn(
            "channel {}: the replicas' common memory is away, so each of them notifies: {}",
            channel,
            ChannelLog.reason(failure));
      }
      away = true;
      awaySince = ticker.read();
      return whenAway;
    }
  }
}
