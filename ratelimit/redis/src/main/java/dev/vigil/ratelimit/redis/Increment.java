package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Single permits of one key, asked for by any number of callers: one INCRBY, whose answer gives
 * each caller its number. What was admitted locally before rides along.
 *
 * <p>The counter gets its expiry before it is first incremented ({@code SET k 0 PX ttl NX}), so
 * that a process that dies anywhere leaves none without. An answer equal to what was added, where
 * the counter should have held more, says that Redis lost it: the expiry is set again.
 */
final class Increment extends Operation {

  private static final byte[] ZERO = {'0'};
  private static final byte[] PX = {'P', 'X'};
  private static final byte[] NX = {'N', 'X'};

  final Batch batch;
  private final OpenWindow window;
  private final List<Ask> asks = new ArrayList<>(2);
  private int reported;
  private int asked;
  private boolean arming;
  private long timeToLive;

  Increment(Batch batch, OpenWindow window) {
    this.batch = batch;
    this.window = window;
  }

  void add(Ask ask) {
    asks.add(ask);
    asked += ask.permits;
  }

  @Override
  int send(Batch batch) {
    reported = window.count.takeUnreported();
    long total = (long) asked + reported;
    if (total == 0) {
      return 0;
    }
    arming = !window.isArmed(batch.tick);
    if (arming) {
      timeToLive = window.timeToLive(batch.now);
      batch.send(asking, Command.SET, window.key, ZERO, PX, StoredKeys.ascii(timeToLive), NX);
    }
    batch.send(asking, Command.INCRBY, window.key, StoredKeys.ascii(total));
    return arming ? 2 : 1;
  }

  @Override
  void receive(Batch batch, List<Object> answers) {
    if (answers.isEmpty()) {
      return; // a report that another batch has carried meanwhile
    }
    JedisDataException error = error(answers);
    Object count = answers.get(answers.size() - 1);
    if (!(count instanceof Long after)) {
      restore();
      batch.refused(asks, error);
      return;
    }
    boolean made = arming && answers.get(0) instanceof byte[];
    if (arming && error == null) {
      window.armed(batch.tick, timeToLive);
    }
    if (after == (long) asked + reported && !made) {
      window.disarm();
      batch.again(new Expiry(window));
    }
    settle(batch, after);
  }

  private void settle(Batch batch, long after) {
    int limit = window.limit.permits();
    int admitted = window.count.admit(after, asked);
    @Nullable Decision denial = null;
    if (after >= limit) {
      denial = batch.decision(false, window, 0, Decision.Source.SHARED);
    }
    long first = after - asked;
    int number = 0;
    for (Ask ask : asks) {
      if (denial != null) {
        batch.remember(ask.state, window);
      }
      if (ask.permits == 0) {
        continue; // a report; nobody waits
      }
      if (number++ < admitted) {
        long left = Math.max(0, limit - first - number);
        ask.answer(batch.decision(true, window, left, Decision.Source.SHARED));
      } else if (denial != null) {
        ask.answer(denial);
      } else {
        ask.answer(batch.decision(false, window, 0, Decision.Source.SHARED));
      }
    }
  }

  private void restore() {
    if (reported > 0) {
      window.count.reportFailed(reported);
    }
  }

  @Override
  void fail() {
    restore();
    window.disarm();
    asks.forEach(ask -> ask.answer(Ask.FAILED));
  }
}
