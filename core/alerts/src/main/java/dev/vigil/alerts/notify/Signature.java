package dev.vigil.alerts.notify;

import dev.vigil.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Says who sent a body, and when, to a receiver that shares a secret. */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  private final Secret secret;

  Signature(Secret secret) {
    this.secret = secret;
  }

  Secret of(Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String seconds = Long.toString(at.getEpochSecond());
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return Secret.of("t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(
          "this JDK has no " + ALGORITHM + ", which its specification requires", impossible);
    }
  }
}
