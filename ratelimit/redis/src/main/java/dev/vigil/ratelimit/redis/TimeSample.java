package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/** Asks for the server's time, first in a batch, so that its answer comes first. */
final class TimeSample extends Operation {

  private final ServerClock clock;
  private final Ticker ticker;
  private long sent;

  TimeSample(ServerClock clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  /** As part of a connection's opening. */
  void open(Link link) {
    sent = ticker.read();
    link.send(Command.TIME);
  }

  @Override
  void send(Batch batch) {
    sent = ticker.read();
    batch.send(false, Command.TIME);
  }

  @Override
  void receive(Batch batch) {
    take(batch.answer(false));
  }

  void take(Object answer) {
    if (answer instanceof List<?> parts && parts.size() == 2) {
      clock.sample(sent, ticker.read(), number(parts.get(0)) * 1_000_000 + number(parts.get(1)));
    }
  }

  private static long number(Object digits) {
    return Long.parseLong(new String((byte[]) digits, StandardCharsets.US_ASCII));
  }

  @Override
  void fail() {}
}
