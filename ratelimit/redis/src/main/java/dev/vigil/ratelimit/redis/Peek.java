package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks at a key's counters and takes nothing. */
final class Peek extends Operation {

  private final Ask ask;
  private final OpenWindow[] windows;

  Peek(Ask ask, OpenWindow[] windows) {
    this.ask = ask;
    ask.next = null;
    this.windows = windows;
  }

  @Override
  void send(Batch batch) {
    for (OpenWindow window : windows) {
      batch.send(asking, Command.GET, window.key);
    }
  }

  @Override
  void receive(Batch batch) {
    Object[] answers = new Object[windows.length];
    JedisDataException error = null;
    for (int i = 0; i < answers.length; i++) {
      answers[i] = batch.answer(asking);
      if (answers[i] instanceof JedisDataException refusal) {
        error = refusal;
      }
    }
    if (error != null) {
      batch.refused(ask, error);
      return;
    }
    int tightest = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < windows.length; i++) {
      long used =
          answers[i] instanceof byte[] digits
              ? Long.parseLong(new String(digits, StandardCharsets.US_ASCII))
              : 0;
      long left = windows[i].limit.permits() - used;
      if (left < least || (left <= 0 && least <= 0)) {
        least = left;
        tightest = i;
      }
    }
    batch.tell(
        ask,
        batch.decision(least > 0, windows[tightest], Math.max(0, least), Decision.Source.SHARED));
  }

  @Override
  void fail() {
    ask.answer(Ask.FAILED);
  }
}
