package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Several permits, or several limits at once: all or nothing, which takes a script. Sent by its
 * hash; in full where Redis does not know it, after a restart or SCRIPT FLUSH.
 */
final class Script extends Operation {

  /** Answers whether it counted, then each counter's value. */
  private static final String TEXT =
      """
      local permits = tonumber(ARGV[1])
      local answer = {1}
      for i = 1, #KEYS do
        local used = tonumber(redis.call('GET', KEYS[i]) or '0')
        if used + permits > tonumber(ARGV[2 * i]) then answer[1] = 0 end
        answer[i + 1] = used
      end
      if answer[1] == 1 then
        for i = 1, #KEYS do
          answer[i + 1] = redis.call('INCRBY', KEYS[i], permits)
          if redis.call('PTTL', KEYS[i]) < 0 then
            redis.call('PEXPIRE', KEYS[i], ARGV[2 * i + 1])
          end
        end
      end
      return answer
      """;

  private static final byte[] SOURCE = TEXT.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HASH = sha1(SOURCE);

  private final Ask ask;
  private final OpenWindow[] windows;
  private boolean inFull;

  Script(Ask ask, OpenWindow[] windows) {
    this.ask = ask;
    ask.next = null;
    this.windows = windows;
  }

  @Override
  void send(Batch batch) {
    byte[][] arguments = new byte[3 + 3 * windows.length][];
    int at = 0;
    arguments[at++] = inFull ? SOURCE : HASH;
    arguments[at++] = StoredKeys.ascii(windows.length);
    for (OpenWindow window : windows) {
      arguments[at++] = window.key;
    }
    arguments[at++] = StoredKeys.ascii(ask.permits);
    for (OpenWindow window : windows) {
      arguments[at++] = StoredKeys.ascii(window.limit.permits());
      arguments[at++] = StoredKeys.ascii(window.timeToLive(batch.now));
    }
    batch.send(asking, inFull ? Command.EVAL : Command.EVALSHA, arguments);
  }

  @Override
  void receive(Batch batch) {
    Object answer = batch.answer(asking);
    if (answer instanceof JedisDataException error) {
      String text = String.valueOf(error.getMessage());
      if (!inFull && text.startsWith("NOSCRIPT")) {
        inFull = true;
        batch.again(this);
      } else {
        batch.refused(ask, error);
      }
      return;
    }
    List<?> counts = (List<?>) answer;
    boolean counted = (Long) counts.get(0) == 1;
    int tightest = 0;
    long least = Long.MAX_VALUE;
    int denier = -1;
    for (int i = 0; i < windows.length; i++) {
      long used = (Long) counts.get(i + 1);
      long left = windows[i].limit.permits() - used;
      boolean fits = windows[i].fits(used + (counted ? 0 : ask.permits));
      if (left <= 0 && !counted) {
        batch.remember(ask.state, windows[i]);
      }
      if (!fits) {
        denier = i;
      }
      if (left < least) {
        least = left;
        tightest = i;
      }
    }
    boolean allowed = counted && denier < 0;
    int told = allowed ? tightest : denier < 0 ? tightest : denier;
    long left = windows[told].limit.permits() - (Long) counts.get(told + 1);
    batch.tell(
        ask, batch.decision(allowed, windows[told], Math.max(0, left), Decision.Source.SHARED));
  }

  @Override
  void fail() {
    ask.answer(Ask.FAILED);
  }

  private static byte[] sha1(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
      return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(
          "this JDK has no SHA-1, which its specification requires", impossible);
    }
  }
}
