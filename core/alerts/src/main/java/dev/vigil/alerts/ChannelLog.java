package dev.vigil.alerts;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Redactor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people are told of a channel itself: meters, and one log line when it begins to fail, when
 * it delivers again and when it begins to lose alerts. Used by the channel's thread alone, but for
 * the gauge.
 */
final class ChannelLog {

  private static final Logger log = LoggerFactory.getLogger("vigil.alerts");

  /** Enough of a stranger's message to know it by. */
  private static final int LONGEST = 300;

  private final String channel;
  private final ErrorReporter errors;
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Counter delivered;
  private final Counter failed;
  private final Counter refused;
  private final Counter dropped;
  private final Counter expired;
  private volatile boolean failing;
  private long failingSince;
  private long lost;

  ChannelLog(String channel, MeterRegistry registry, ErrorReporter errors) {
    this.channel = channel;
    this.errors = errors;
    this.registry = registry;
    delivered = counter("delivered");
    failed = counter("failed");
    refused = counter("refused");
    dropped = counter("dropped");
    expired = counter("expired");
    meters.add(
        Gauge.builder("vigil.alerts.channel.failing", this, it -> it.failing ? 1 : 0)
            .description("1 while the last attempt to tell this channel of an alert has failed")
            .tag("channel", channel)
            .register(registry));
  }

  private Counter counter(String outcome) {
    Counter counter =
        Counter.builder("vigil.alerts.notifications")
            .description("Attempts to notify, and alerts that were given up, by outcome")
            .tag("channel", channel)
            .tag("outcome", outcome)
            .register(registry);
    meters.add(counter);
    return counter;
  }

  void delivered(long now) {
    delivered.increment();
    if (failing) {
      failing = false;
      log.info(
          "channel {} delivers again after {}",
          channel,
          Duration.ofNanos(now - failingSince).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  void failed(Exception failure, long now) {
    failed.increment();
    fails(failure, "trying again", now);
  }

  void refused(Exception failure, long now) {
    refused.increment();
    fails(failure, "not sent again", now);
  }

  private void fails(Exception failure, String then, long now) {
    if (failing) {
      log.debug("channel {} still fails: {}", channel, reason(failure));
      return;
    }
    failing = true;
    failingSince = now;
    log.warn("channel {} cannot deliver, {}: {}", channel, then, reason(failure));
    if (failure instanceof RuntimeException) { // a mistake in the notifier, not in what it calls
      errors.report("notifying channel " + channel, failure);
    }
  }

  /** Redacted, on one line. */
  static String reason(Exception failure) {
    boolean known =
        failure instanceof DeliveryException
            || failure instanceof IOException
            || failure instanceof TimeoutException;
    String message = failure.getMessage();
    String text =
        known && message != null ? message : failure.getClass().getName() + ": " + message;
    String redacted =
        Redactor.standard()
            .redact(text)
            .codePoints()
            .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "...";
  }

  void lost(int afterTooLong, int afterTooMany) {
    if (afterTooLong > 0) {
      expired.increment(afterTooLong);
      lose(afterTooLong, "not delivered within " + RetryPlan.GIVE_UP);
    }
    if (afterTooMany > 0) {
      dropped.increment(afterTooMany);
      lose(afterTooMany, "more than " + ChannelQueue.CAPACITY + " wait, so the oldest are dropped");
    }
  }

  private void lose(int alerts, String why) {
    if (lost == 0) {
      log.warn("channel {} loses alerts: {}", channel, why);
    }
    lost += alerts;
  }

  /** Nothing waits any longer. */
  void caughtUp() {
    if (lost > 0) {
      log.warn("channel {} has nothing left to tell; {} alerts were lost", channel, lost);
      lost = 0;
    }
  }

  boolean failing() {
    return failing;
  }

  void close() {
    meters.forEach(registry::remove);
  }
}
