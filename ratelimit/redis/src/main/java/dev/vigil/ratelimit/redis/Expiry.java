package dev.vigil.ratelimit.redis;

import java.util.List;
import redis.clients.jedis.Protocol.Command;

/** Gives a counter that Redis lost, and an increment has made anew, its expiry. */
final class Expiry extends Operation {

  private final OpenWindow window;

  Expiry(OpenWindow window) {
    this.window = window;
  }

  @Override
  int send(Batch batch) {
    batch.send(asking, Command.PEXPIRE, window.key, StoredKeys.ascii(window.timeToLive(batch.now)));
    return 1;
  }

  @Override
  void receive(Batch batch, List<Object> answers) {
    if (answers.get(0) instanceof Long) {
      window.armed(batch.tick, window.timeToLive(batch.now));
    }
  }

  @Override
  void fail() {}
}
