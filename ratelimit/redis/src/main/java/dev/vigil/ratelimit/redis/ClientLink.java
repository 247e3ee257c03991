package dev.vigil.ratelimit.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The application's own client, command by command: its pipelines differ between Jedis 6 and 7. It
 * follows a cluster's redirections by itself, and takes the time its pool and time-outs allow.
 */
final class ClientLink implements Link {

  private final UnifiedJedis client;
  private final Queue<CommandArguments> queue = new ArrayDeque<>();

  ClientLink(UnifiedJedis client) {
    this.client = client;
  }

  @Override
  public void send(ProtocolCommand command, byte[]... arguments) {
    queue.add(withKeys(command, arguments));
  }

  @Override
  public Object answer(long deadline) {
    try {
      return client.executeCommand(queue.remove());
    } catch (JedisDataException refused) {
      return refused;
    }
  }

  /** Tells the client which arguments are keys: the first one, or those that a script counts. */
  private static CommandArguments withKeys(ProtocolCommand command, byte[][] given) {
    boolean script = command == Command.EVAL || command == Command.EVALSHA;
    int first = script ? 2 : 0;
    int keys = script ? Integer.parseInt(new String(given[1], StandardCharsets.US_ASCII)) : 1;
    CommandArguments arguments = new CommandArguments(command);
    for (int i = 0; i < given.length; i++) {
      if (i >= first && i < first + keys) {
        arguments.key(given[i]);
      } else {
        arguments.add(given[i]);
      }
    }
    return arguments;
  }

  @Override
  public boolean isPunctual() {
    return false;
  }

  /** The client is the application's and stays open. */
  @Override
  public void close() {}
}
