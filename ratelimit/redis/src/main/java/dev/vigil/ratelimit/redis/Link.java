package dev.vigil.ratelimit.redis;

import java.util.List;
import redis.clients.jedis.commands.ProtocolCommand;

/** A way to one Redis node, used by one thread at a time. */
interface Link extends AutoCloseable {

  /** Queues a command. The first argument after the name of the command is its key, if any. */
  void send(ProtocolCommand command, byte[]... arguments);

  /**
   * Sends what is queued and returns the answers in order; an error that Redis answered is among
   * them as a {@link redis.clients.jedis.exceptions.JedisDataException}.
   *
   * @param deadline by the ticker
   * @throws redis.clients.jedis.exceptions.JedisException if the connection fails or the deadline
   *     passes; the link is of no use any more then
   */
  List<Object> answers(long deadline);

  /** Whether {@link #answers} keeps to its deadline. */
  boolean isPunctual();

  @Override
  void close();
}
