package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Single permits of one key, asked for by any number of callers: one INCR or INCRBY, whose answer
 * gives each caller its number. What was admitted locally before rides along.
 *
 * <p>The counter gets its expiry before it is first incremented ({@code SET k 0 PX ttl NX}), so
 * that a process that dies anywhere leaves none without. An answer equal to what was added, where
 * the counter should have held more, says that Redis lost it: the expiry is set again.
 */
final class Increment extends Operation {

  private static final byte[] ZERO = {'0'};
  private static final byte[] PX = {'P', 'X'};
  private static final byte[] NX = {'N', 'X'};

  private final OpenWindow window;
  private @Nullable Ask first;
  private @Nullable Ask last;
  private int asked;
  private int reported;
  private boolean arming;
  private long timeToLive;

  Increment(OpenWindow window) {
    this.window = window;
  }

  void add(Ask ask) {
    ask.next = null;
    if (last == null) {
      first = ask;
    } else {
      last.next = ask;
    }
    last = ask;
    asked += ask.permits;
  }

  @Override
  void send(Batch batch) {
    reported = window.takeUnreported();
    long total = (long) asked + reported;
    if (total == 0) {
      return; // a report that another batch has carried meanwhile
    }
    arming = !window.isArmed(batch.tick);
    if (arming) {
      timeToLive = window.timeToLive(batch.now);
      batch.send(asking, Command.SET, window.key, ZERO, PX, StoredKeys.ascii(timeToLive), NX);
    }
    if (total == 1) {
      batch.send(asking, Command.INCR, window.key);
    } else {
      batch.send(asking, Command.INCRBY, window.key, StoredKeys.ascii(total));
    }
  }

  @Override
  void receive(Batch batch) {
    if (asked + reported == 0) {
      return;
    }
    Object set = arming ? batch.answer(asking) : null;
    Object count = batch.answer(asking);
    if (!(count instanceof Long after)) {
      restore();
      Object error = set instanceof JedisDataException ? set : count;
      batch.refused(first, error instanceof JedisDataException refusal ? refusal : null);
      return;
    }
    boolean made = set instanceof byte[];
    if (arming && !(set instanceof JedisDataException)) {
      window.armed(batch.tick, timeToLive);
    }
    if (after == (long) asked + reported && !made) {
      window.disarm();
      batch.again(new Expiry(window, asking));
    }
    settle(batch, after);
  }

  private void settle(Batch batch, long after) {
    int limit = window.limit.permits();
    int admitted = window.admit(after, asked);
    Decision denial =
        after >= limit || admitted < asked
            ? batch.decision(false, window, 0, Decision.Source.SHARED)
            : null;
    long before = after - asked;
    int number = 0;
    Ask ask = first;
    while (ask != null) {
      Ask following = ask.next; // read first: whoever is answered may ask again elsewhere
      if (after >= limit) {
        batch.remember(ask.state, window);
      }
      if (ask.permits > 0) { // not a report, for which nobody waits
        if (number++ < admitted) {
          long left = Math.max(0, limit - before - number);
          batch.tell(ask, batch.decision(true, window, left, Decision.Source.SHARED));
        } else if (denial != null) {
          batch.tell(ask, denial);
        }
      }
      ask = following;
    }
  }

  private void restore() {
    if (reported > 0) {
      window.reportFailed(reported);
      reported = 0;
    }
  }

  @Override
  void fail() {
    restore();
    window.disarm();
    Batch.failAll(first);
  }
}
