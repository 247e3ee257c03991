package dev.vigil.examples.service;

import dev.vigil.core.Secret;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody's webhook at {@code /demo/inbox}: takes what alerts post, if it is signed with the
 * secret that both know, and shows the last 20 of them to whoever has the admin token, one a line,
 * the newest last.
 */
final class Inbox extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final int MOST = 20;
  private static final int LONGEST = 64 * 1024;

  private final transient Deque<String> received = new ArrayDeque<>();
  private final transient Secret secret = madeUp();
  private final transient Secret adminToken;

  Inbox(Secret adminToken) {
    this.adminToken = adminToken;
  }

  private static Secret madeUp() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return Secret.of(HexFormat.of().formatHex(random));
  }

  /** What the sender has to know. */
  Secret secret() {
    return secret;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST);
    if (!isSigned(String.valueOf(request.getHeader("X-Vigil-Signature")), body)) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    synchronized (received) {
      if (received.size() == MOST) {
        received.removeFirst();
      }
      received.addLast(new String(body, StandardCharsets.UTF_8));
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** As {@code WebhookNotifier} says: {@code t=<seconds>,v1=<HMAC-SHA256 of "seconds.body">}. */
  private boolean isSigned(String signature, byte[] body) {
    String[] parts = signature.split("[=,]", -1);
    if (parts.length != 4 || !parts[0].equals("t") || !parts[2].equals("v1")) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
      mac.update((parts[1] + ".").getBytes(StandardCharsets.UTF_8));
      String expected = HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.US_ASCII),
          parts[3].getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException noHmac) {
      throw new IllegalStateException("every JDK has HmacSHA256", noHmac);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!FaultsFeature.authorised(request, adminToken)) {
      response.setHeader("WWW-Authenticate", "Bearer");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    List<String> shown;
    synchronized (received) {
      shown = List.copyOf(received);
    }
    response.setContentType("text/plain; charset=utf-8");
    for (String body : shown) {
      response.getOutputStream().write((body + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
