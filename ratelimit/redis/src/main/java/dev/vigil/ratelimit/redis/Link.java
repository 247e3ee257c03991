package dev.vigil.ratelimit.redis;

import redis.clients.jedis.commands.ProtocolCommand;

/** A way to one Redis node, used by one thread at a time. */
interface Link extends AutoCloseable {

  /** Queues a command. The first argument after the name of the command is its key, if any. */
  void send(ProtocolCommand command, byte[]... arguments);

  /**
   * Sends what is queued and waits for the next answer, in the order of the commands; an error that
   * Redis answered is one, as a {@link redis.clients.jedis.exceptions.JedisDataException}.
   *
   * @param deadline by the ticker
   * @throws redis.clients.jedis.exceptions.JedisException if the connection fails or the deadline
   *     passes; the link is of no use any more then
   */
  Object answer(long deadline);

  /** Whether {@link #answer} keeps to its deadline. */
  boolean isPunctual();

  @Override
  void close();
}
