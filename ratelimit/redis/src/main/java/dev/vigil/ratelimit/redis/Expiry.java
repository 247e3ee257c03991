package dev.vigil.ratelimit.redis;

import redis.clients.jedis.Protocol.Command;

/** Gives a counter that Redis lost, and an increment has made anew, its expiry. */
final class Expiry extends Operation {

  private final OpenWindow window;

  Expiry(OpenWindow window, boolean asking) {
    this.window = window;
    this.asking = asking;
  }

  @Override
  void send(Batch batch) {
    byte[] millis = StoredKeys.ascii(window.timeToLive(batch.now));
    batch.send(asking, Command.PEXPIRE, window.key, millis);
  }

  @Override
  void receive(Batch batch) {
    if (batch.answer(asking) instanceof Long) {
      window.armed(batch.tick, window.timeToLive(batch.now));
    }
  }

  @Override
  void fail() {}
}
