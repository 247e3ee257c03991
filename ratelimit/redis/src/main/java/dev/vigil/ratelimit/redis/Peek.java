package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks at a key's counters and takes nothing. */
final class Peek extends Operation {

  private final Ask ask;
  private final OpenWindow[] windows;

  Peek(Ask ask, OpenWindow[] windows) {
    this.ask = ask;
    this.windows = windows;
  }

  @Override
  int send(Batch batch) {
    for (OpenWindow window : windows) {
      batch.send(asking, Command.GET, window.key);
    }
    return windows.length;
  }

  @Override
  void receive(Batch batch, List<Object> answers) {
    JedisDataException error = error(answers);
    if (error != null) {
      batch.refused(List.of(ask), error);
      return;
    }
    int tightest = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < windows.length; i++) {
      long used =
          answers.get(i) instanceof byte[] digits
              ? Long.parseLong(new String(digits, StandardCharsets.US_ASCII))
              : 0;
      long left = windows[i].limit.permits() - used;
      if (left < least || (left <= 0 && least <= 0)) {
        least = left;
        tightest = i;
      }
    }
    ask.answer(
        batch.decision(least > 0, windows[tightest], Math.max(0, least), Decision.Source.SHARED));
  }

  @Override
  void fail() {
    ask.answer(Ask.FAILED);
  }
}
