package dev.vigil.ratelimit.redis;

import dev.vigil.core.Ticker;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection of our own: Jedis connects, shakes hands (TLS, user, database) and reads answers;
 * commands go out by a buffer of ours.
 */
final class SocketLink implements Link {

  /** How many answers are read before the clock is looked at again. */
  private static final int CHUNK = 128;

  /** Below this a read is not worth starting, and breaking the connection would hit others. */
  private static final long LEAST_MILLIS = 5;

  private final Connection connection;
  private final CommandBuffer commands;
  private final Ticker ticker;
  private int untilLook;
  private int timeout = -1;

  /**
   * Connects and shakes hands.
   *
   * @throws JedisException if that fails
   */
  SocketLink(HostAndPort address, JedisClientConfig config, Ticker ticker) {
    Captured factory = new Captured(address, config);
    connection = new Connection(factory, config);
    try {
      commands = new CommandBuffer(factory.socket().getOutputStream());
    } catch (IOException e) {
      close();
      throw new JedisConnectionException(e);
    }
    this.ticker = ticker;
  }

  /** Jedis's way to connect, which keeps the socket. */
  private static final class Captured extends DefaultJedisSocketFactory {

    private @Nullable Socket last;

    Captured(HostAndPort address, JedisClientConfig config) {
      super(address, config);
    }

    @Override
    public Socket createSocket() {
      Socket made = super.createSocket();
      last = made;
      return made;
    }

    Socket socket() throws IOException {
      if (last == null) {
        throw new IOException("not connected");
      }
      return last;
    }
  }

  @Override
  public void send(ProtocolCommand command, byte[]... arguments) {
    try {
      commands.add(command, arguments);
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  @Override
  public Object answer(long deadline) {
    if (!commands.isEmpty()) {
      try {
        commands.flush();
      } catch (IOException e) {
        throw new JedisConnectionException(e);
      }
      untilLook = 0;
    }
    if (untilLook-- <= 0) {
      untilLook = CHUNK;
      limitReads(deadline);
    }
    try {
      return connection.getUnflushedObject();
    } catch (JedisDataException refused) {
      return refused;
    }
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
