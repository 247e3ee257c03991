package dev.vigil.ratelimit.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Commands on their way out, as arrays of bulk strings (Redis serialization protocol). Jedis makes
 * five objects of a command of three words, which at a million a second is most of the work.
 */
final class CommandBuffer {

  /** What Redis reads in one go (PROTO_IOBUF_LEN): it works on this while we write more. */
  private static final int SIZE = 16 * 1024;

  private static final int LENGTHS = 256;
  private static final byte[][] ARRAYS = prefixes('*', 8);
  private static final byte[][] BULKS = prefixes('$', LENGTHS);

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int used;

  CommandBuffer(OutputStream out) {
    this.out = out;
  }

  private static byte[][] prefixes(char kind, int count) {
    byte[][] prefixes = new byte[count][];
    for (int i = 0; i < count; i++) {
      prefixes[i] = prefix(kind, i);
    }
    return prefixes;
  }

  private static byte[] prefix(char kind, int number) {
    return (kind + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  void add(ProtocolCommand command, byte[]... arguments) throws IOException {
    int words = arguments.length + 1;
    put(words < ARRAYS.length ? ARRAYS[words] : prefix('*', words));
    bulk(command.getRaw());
    for (byte[] argument : arguments) {
      bulk(argument);
    }
  }

  private void bulk(byte[] bytes) throws IOException {
    put(bytes.length < LENGTHS ? BULKS[bytes.length] : prefix('$', bytes.length));
    put(bytes);
    if (used > SIZE - 2) {
      flush();
    }
    buffer[used++] = '\r';
    buffer[used++] = '\n';
  }

  private void put(byte[] bytes) throws IOException {
    if (bytes.length > SIZE - used) {
      flush();
      if (bytes.length > SIZE) {
        out.write(bytes);
        return;
      }
    }
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
  }

  void flush() throws IOException {
    int ready = used;
    used = 0;
    out.write(buffer, 0, ready);
    out.flush();
  }

  boolean isEmpty() {
    return used == 0;
  }
}
