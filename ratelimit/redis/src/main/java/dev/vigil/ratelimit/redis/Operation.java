package dev.vigil.ratelimit.redis;

/** Part of a batch: commands, and what their answers mean. */
abstract class Operation {

  /** Whether each command needs an ASKING before it, since its slot is on the move. */
  boolean asking;

  /** Writes the commands. */
  abstract void send(Batch batch);

  /** Reads an answer for each command, by {@link Batch#answer}. */
  abstract void receive(Batch batch);

  /** Nobody knows what became of the commands. */
  abstract void fail();
}
