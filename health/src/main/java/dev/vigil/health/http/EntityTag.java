package dev.vigil.health.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names what a body says, so that whoever has it already need not be sent it again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, 8.8.3 ETag</a>
 */
final class EntityTag {

  /** More than any browser sends; what is longer matches nothing. */
  private static final int LONGEST = 1000;

  /** 64 bits: chance makes two bodies one after billions of them. */
  private static final int BYTES = 8;

  private EntityTag() {}

  /**
   * A weak tag, which survives a proxy that compresses.
   *
   * @param length how much of {@code body} counts, from its beginning
   */
  static String of(byte[] body, int length) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java platform has SHA-256", never);
    }
    digest.update(body, 0, length);
    return "W/\"" + HexFormat.of().formatHex(digest.digest(), 0, BYTES) + "\"";
  }

  /** Whether an {@code If-None-Match} names a tag, by the weak comparison (RFC 9110, 13.1.2). */
  static boolean known(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null || ifNoneMatch.length() > LONGEST) {
      return false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    String opaque = opaque(tag);
    for (String one : ifNoneMatch.split(",", -1)) {
      if (opaque(one.strip()).equals(opaque)) {
        return true;
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
