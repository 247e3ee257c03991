package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisException;

/** A connection of our own. */
final class SocketLink implements Link {

  /** How many answers are read before the clock is looked at again. */
  private static final int CHUNK = 128;

  /** Below this a read is not worth starting, and breaking the connection would hit others. */
  private static final long LEAST_MILLIS = 5;

  private final Connection connection;
  private final Ticker ticker;
  private int awaited;
  private int timeout = -1;

  SocketLink(Connection connection, Ticker ticker) {
    this.connection = connection;
    this.ticker = ticker;
  }

  @Override
  public void send(ProtocolCommand command, byte[]... arguments) {
    connection.sendCommand(command, arguments);
    awaited++;
  }

  @Override
  public List<Object> answers(long deadline) {
    int left = awaited;
    awaited = 0;
    List<Object> answers = List.of();
    while (left > 0) {
      limitReads(deadline);
      int chunk = Math.min(left, CHUNK);
      List<Object> some = connection.getMany(chunk);
      left -= chunk;
      if (answers.isEmpty()) {
        answers = left == 0 ? some : new ArrayList<>(left + chunk);
      }
      if (answers != some) {
        answers.addAll(some);
      }
    }
    return answers;
  }

  private void limitReads(long deadline) {
    long millis = Math.max(LEAST_MILLIS, (deadline - ticker.read()) / 1_000_000);
    if (millis != timeout) {
      timeout = (int) Math.min(millis, Integer.MAX_VALUE);
      connection.setSoTimeout(timeout);
    }
  }

  @Override
  public boolean isPunctual() {
    return true;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (JedisException alreadyBroken) {
      // Nothing is left to be closed.
    }
  }
}
