package dev.vigil.health.probe;

import java.io.IOException;
import java.time.Duration;

/** Asks until the service is healthy enough or the time to wait is over. */
final class Polling {

  /** Between two questions: soon enough to notice, seldom enough not to be a load. */
  static final Duration PAUSE = Duration.ofMillis(500);

  private final Command command;
  private final Exchange exchange;
  private final Clock clock;
  private final Judge judge;

  Polling(Command command, Exchange exchange, Clock clock) {
    this.command = command;
    this.exchange = exchange;
    this.clock = clock;
    this.judge = new Judge(command);
  }

  /**
   * The first good verdict that lasts as long as it has to, or the last one. Takes no longer than
   * the time to wait and the time to stay well, or without either no longer than the time-out of an
   * attempt.
   */
  Verdict run() {
    long start = clock.nanos();
    long wait = command.patience().toNanos();
    long stable = command.stable().toNanos();
    Verdict verdict = become(start, wait);
    while (verdict.enough() && stable > 0) {
      Verdict last = stay(stable);
      if (last.enough()) {
        return with(last, true, "; stayed so for ", stable);
      }
      if (!pause(start, wait)) {
        return with(last, false, "; did not stay healthy enough for ", stable);
      }
      verdict = become(start, wait);
    }
    return verdict;
  }

  /** Asks until it is healthy enough or the time to wait is over. */
  private Verdict become(long start, long wait) {
    long timeout = command.timeout().toNanos();
    long first = wait - (clock.nanos() - start);
    Verdict verdict = attempt(wait == 0 || first <= 0 ? timeout : Math.min(timeout, first));
    int attempts = 1;
    while (!verdict.enough() && pause(start, wait)) {
      long left = wait - (clock.nanos() - start);
      if (left <= 0) {
        break;
      }
      verdict = attempt(Math.min(timeout, left));
      attempts++;
    }
    return verdict.enough() || wait == 0 ? verdict : gaveUp(verdict, attempts);
  }

  /** Goes on asking for so long; the first bad verdict, or the last good one. */
  private Verdict stay(long stable) {
    long since = clock.nanos();
    while (true) {
      try {
        clock.pause(PAUSE.toNanos());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new Verdict(false, "interrupted");
      }
      Verdict verdict = attempt(command.timeout().toNanos());
      if (!verdict.enough() || clock.nanos() - since >= stable) {
        return verdict;
      }
    }
  }

  private static Verdict with(Verdict verdict, boolean enough, String words, long nanos) {
    StringBuilder line = new StringBuilder(verdict.line()).append(words);
    Span.print(nanos, line);
    return new Verdict(enough, line.toString());
  }

  private Verdict attempt(long limit) {
    try {
      return judge.of(exchange.get(command, limit));
    } catch (IOException failure) {
      return judge.of(failure, limit);
    }
  }

  /** Pauses if there is time for another attempt after it. */
  private boolean pause(long start, long wait) {
    if (wait - (clock.nanos() - start) <= PAUSE.toNanos()) {
      return false;
    }
    try {
      clock.pause(PAUSE.toNanos());
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Verdict gaveUp(Verdict last, int attempts) {
    StringBuilder line = new StringBuilder(last.line()).append("; gave up after ");
    Span.print(command.patience().toNanos(), line);
    line.append(" and ").append(attempts).append(attempts == 1 ? " attempt" : " attempts");
    return new Verdict(false, line.toString());
  }
}
