package dev.vigil.alerts;

import java.time.Duration;
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
  enum Word {
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

  Word claim(String incident) {
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

  NotificationClaim.Release release(String incident) {
    return ask(() -> claim.release(key(incident)), NotificationClaim.Release.LAST);
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
