package dev.vigil.health.http;

import dev.vigil.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what stands in {@code Authorization} after the scheme with what is expected there.
 *
 * @param scheme compared without regard to case (RFC 9110, 11.1)
 * @param expected the token, or {@code user:password}
 */
record HeaderAuthoriser(String scheme, String invitation, Secret expected) implements Authoriser {

  /** Half of what servers commonly allow for all headers; a token has tens of characters. */
  private static final int LONGEST = 4096;

  @Override
  public Verdict judge(HealthRequest request) {
    String header = request.header("Authorization");
    if (header == null) {
      return Verdict.NONE;
    }
    String credentials = header.length() > LONGEST ? null : credentials(header);
    return credentials != null && expected.matches(credentials) ? Verdict.GRANTED : Verdict.REFUSED;
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(invitation);
  }

  private @Nullable String credentials(String header) {
    if (!header.regionMatches(true, 0, scheme, 0, scheme.length())
        || header.length() == scheme.length()
        || header.charAt(scheme.length()) != ' ') {
      return null;
    }
    String rest = header.substring(scheme.length()).strip();
    return scheme.equals("Basic") ? fromBase64(rest) : rest;
  }

  private static @Nullable String fromBase64(String text) {
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
