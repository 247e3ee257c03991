package dev.vigil.health.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query string asks for. Parameters that we do not know are passed over, since proxies and
 * browsers add their own.
 */
final class Parameters {

  static final int MOST_CHARACTERS = 4096;
  static final int MOST_PARAMETERS = 100;

  final List<String> check = new ArrayList<>();
  final List<String> exclude = new ArrayList<>();
  final List<String> tag = new ArrayList<>();
  @Nullable String format;
  boolean verbose;

  private Parameters() {}

  /**
   * Reads a query string.
   *
   * @return {@code null} if it is too long, has too many parameters, or is not percent-encoded
   *     UTF-8
   */
  static @Nullable Parameters parse(String query) {
    if (query.length() > MOST_CHARACTERS) {
      return null;
    }
    Parameters parameters = new Parameters();
    int count = 0;
    int from = 0;
    while (from <= query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      if (end > from
          && (++count > MOST_PARAMETERS || !parameters.add(query.substring(from, end)))) {
        return null;
      }
      from = end + 1;
    }
    return parameters;
  }

  /**
   * All parameters of a query string by name, of one that comes twice the first.
   *
   * @return {@code null} as {@link #parse} does
   */
  static @Nullable Map<String, String> all(String query) {
    if (query.length() > MOST_CHARACTERS) {
      return null;
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair : query.split("&", MOST_PARAMETERS + 1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (name == null || value == null) {
        return null;
      }
      all.putIfAbsent(name, value);
    }
    return all;
  }

  boolean narrows() {
    return !(check.isEmpty() && exclude.isEmpty() && tag.isEmpty());
  }

  private boolean add(String pair) {
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
    if (name == null || value == null) {
      return false;
    }
    switch (name) {
      case "check" -> check.add(value);
      case "exclude" -> exclude.add(value);
      case "tag" -> tag.add(value);
      case "format" -> format = value;
      case "verbose" -> verbose = !value.equals("false");
      default -> {} // not ours
    }
    return true;
  }

  /** A plus stays a plus ({@code format=health+json}): names have no spaces that it could mean. */
  private static @Nullable String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()
            || !HexFormat.isHexDigit(text.charAt(i + 1))
            || !HexFormat.isHexDigit(text.charAt(i + 2))) {
          return null;
        }
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c < 0x80 ? c : '?');
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }
}
