package dev.vigil.logging;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a line as the strictest of readers would: one object, no key twice, valid UTF-8. */
final class StrictJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  static JsonNode line(byte[] line) {
    return line(text(line));
  }

  static JsonNode line(String text) {
    if (!text.endsWith("\n")) {
      throw new AssertionError("no end of line: " + text);
    }
    String body = text.substring(0, text.length() - 1);
    if (body.codePoints().anyMatch(c -> c < ' ' || c == 0x85 || c == 0x2028 || c == 0x2029)) {
      throw new AssertionError("more than one line: " + text);
    }
    try {
      return MAPPER.readTree(body);
    } catch (IOException invalid) {
      throw new UncheckedIOException(text, invalid);
    }
  }

  static String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException invalid) {
      throw new AssertionError("no valid UTF-8", invalid);
    }
  }
}
