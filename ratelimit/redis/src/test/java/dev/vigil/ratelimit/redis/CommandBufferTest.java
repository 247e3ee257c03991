package dev.vigil.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

class CommandBufferTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final CommandBuffer buffer = new CommandBuffer(sent);

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void writesCommandsAsArraysOfBulkStrings() throws IOException {
    buffer.add(Command.TIME);
    buffer.add(Command.SET, ascii("k"), ascii(""), ascii("PX"), ascii("60000"), ascii("NX"));
    assertThat(sent.size()).as("nothing leaves before it is flushed").isZero();

    buffer.flush();

    assertThat(sent)
        .hasToString(
            "*1\r\n$4\r\nTIME\r\n"
                + "*6\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n$2\r\nPX\r\n$5\r\n60000\r\n$2\r\nNX\r\n");
    assertThat(buffer.isEmpty()).isTrue();
  }

  /** Round the prepared lengths, the end of the buffer, and past it. */
  @ParameterizedTest
  @ValueSource(ints = {255, 256, 16_350, 16_355, 16_356, 16_360, 16_384, 16_385, 100_000})
  void writesArgumentsOfAnyLength(int length) throws IOException {
    byte[] argument = ascii("x".repeat(length));
    for (int i = 0; i < 3; i++) {
      buffer.add(Command.EVAL, argument, ascii("1"));
    }
    buffer.flush();

    String one = "*3\r\n$4\r\nEVAL\r\n$" + length + "\r\n" + "x".repeat(length) + "\r\n$1\r\n1\r\n";
    assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo(one.repeat(3));
  }

  @Test
  void writesCommandsOfManyWords() throws IOException {
    byte[][] words = new byte[20][];
    java.util.Arrays.fill(words, ascii("w"));
    buffer.add(Command.EVALSHA, words);
    buffer.flush();

    assertThat(sent.toString(StandardCharsets.US_ASCII))
        .isEqualTo("*21\r\n$7\r\nEVALSHA\r\n" + "$1\r\nw\r\n".repeat(20));
  }
}
