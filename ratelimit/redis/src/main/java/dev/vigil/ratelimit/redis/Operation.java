package dev.vigil.ratelimit.redis;

import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/** Part of a batch: commands, and what their answers mean. */
abstract class Operation {

  /** Whether each command needs an ASKING before it, since its slot is on the move. */
  boolean asking;

  /** Writes the commands; returns how many answers come, without those to ASKING. */
  abstract int send(Batch batch);

  /** Reads its answers, as many as it announced. */
  abstract void receive(Batch batch, List<Object> answers);

  /** Nobody knows what became of the commands. */
  abstract void fail();

  /** The first error among the answers, or null. */
  static @org.jspecify.annotations.Nullable JedisDataException error(List<Object> answers) {
    for (Object answer : answers) {
      if (answer instanceof JedisDataException error) {
        return error;
      }
    }
    return null;
  }
}
