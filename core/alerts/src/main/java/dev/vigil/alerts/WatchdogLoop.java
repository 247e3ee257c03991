package dev.vigil.alerts;

import dev.vigil.core.Profile;
import dev.vigil.core.Secret;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import dev.vigil.core.internal.http.JsonPost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what {@link Watchdog} asks for, on a thread of its own. */
final class WatchdogLoop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final Watchdog watchdog;
  private final Ticker ticker;
  private final Supplier<@Nullable String> trouble;
  private final JsonPost post;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable String told;

  /**
   * Makes one.
   *
   * @param trouble why alerts do not work now, or null where they do
   */
  WatchdogLoop(Watchdog watchdog, Ticker ticker, Supplier<@Nullable String> trouble) {
    this.watchdog = watchdog;
    this.ticker = ticker;
    this.trouble = trouble;
    post =
        JsonPost.builder("alerts-watchdog-http", Profile.PRODUCTION)
            .timeout(Duration.ofSeconds(10))
            .build();
    thread = VigilThreads.named("alerts-watchdog").newThread(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long next = ticker.read();
    while (!closed) {
      long wait = next - ticker.read();
      if (wait > 0) {
        ticker.park(wait);
        continue;
      }
      tell(beat());
      next = ticker.read() + watchdog.every().toNanos();
    }
  }

  /** Sends, and answers why it did not or could not. */
  private @Nullable String beat() {
    String why = trouble.get();
    if (why != null) {
      return "it is not told that alerts work, since " + why;
    }
    try {
      JsonPost.Answer answer = post.post(watchdog.url(), Map.<String, Secret>of(), NOTHING);
      return answer.accepted() ? null : "it answers with " + answer;
    } catch (IOException | RuntimeException holdsTheUrl) {
      return "it cannot be reached: " + holdsTheUrl.getClass().getSimpleName();
    }
  }

  /** One line for each change. */
  private void tell(@Nullable String problem) {
    if (closed) {
      return;
    }
    if (problem != null && !problem.equals(told)) {
      log.warn("the watchdog will raise the alarm unless this ends: {}", problem);
    } else if (problem == null && told != null) {
      log.info("the watchdog is told again that alerts work");
    }
    told = problem;
  }

  /** Stops at once; what is under way is broken off. Idempotent. */
  @Override
  public void close() {
    closed = true;
    post.close();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(1).toMillis());
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
    }
  }
}
