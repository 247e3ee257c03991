package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.internal.Require;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings alerts to channels: each has a queue of its own and a thread of its own, so that none
 * waits for another, and whoever publishes waits for none.
 *
 * <p>A channel is told of an incident once when it fires, again while it fires each time the
 * repetition is due, and once when it is over, if it had been told before. What cannot be delivered
 * is tried again for a quarter of an hour, see {@link RetryPlan}, {@link Pace} and {@link
 * ChannelQueue}. Thread-safe.
 */
final class Outbox implements AlertSink {

  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** An attempt that is under way, and the test's own. */
  private static final long TEST_SECONDS = 2 * ATTEMPT.toSeconds() + 1;

  private static final Duration FLUSH = Duration.ofSeconds(3);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(1);

  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Setup setup;
  private boolean closed;

  /** What all channels share. */
  record Setup(
      Duration repeat,
      @Nullable NotificationClaim claim,
      Duration claimTtl,
      Predicate<Alert> muted,
      MeterRegistry registry,
      ErrorReporter errors,
      AttemptTimer timer,
      Ticker ticker,
      InstantSource clock,
      DoubleSupplier random) {}

  private Outbox(Builder builder) {
    setup =
        new Setup(
            builder.repeat,
            builder.claim,
            builder.claimTtl,
            builder.muted,
            builder.registry,
            builder.errors,
            new AttemptTimer(builder.attempt, builder.ticker),
            builder.ticker,
            builder.clock,
            builder.random);
    builder.notifiers.forEach((name, to) -> channels.put(name, new Channel(name, to, setup)));
  }

  /**
   * An outbox to be.
   *
   * @param notifiers by the channel's name; closed with the outbox
   * @param registry where the channels' meters go
   */
  static Builder builder(Map<String, Notifier> notifiers, MeterRegistry registry) {
    return new Builder(notifiers, registry);
  }

  /** The channels' names. */
  Set<String> channels() {
    return Set.copyOf(channels.keySet());
  }

  /**
   * Tells channels of alerts of one rule that fire or are over: any state but firing and recovering
   * is an end. Never blocks. What a channel has heard it is not told again; then the alert is kept
   * for the repetition. Channels that there are not are passed over.
   */
  @Override
  public void publish(String rule, List<String> channels, List<Alert> alerts) {
    for (String name : channels) {
      Channel channel = this.channels.get(name);
      if (channel != null) {
        channel.offer(rule, alerts);
      }
    }
  }

  /**
   * Whether at least one channel has no reason to believe that it cannot deliver. Those that reach
   * nobody, as the log, count only where there is no other.
   */
  @Override
  public boolean canDeliver() {
    List<Channel> reaching = channels.values().stream().filter(Channel::reachesSomebody).toList();
    return (reaching.isEmpty() ? channels.values() : reaching)
        .stream().anyMatch(Channel::canDeliver);
  }

  /** What channels have heard, for the state file; null where nothing. */
  @Override
  public @Nullable JsonNode delivered() {
    return DeliveredJson.write(channels.values());
  }

  /**
   * Takes over what channels had heard before a restart. What of it is over by now, or of a rule
   * that is gone, has to be published as resolved; what still fires need not be published.
   *
   * @param delivered as {@link #delivered} gave it; what cannot be read is left out
   */
  @Override
  public void restore(JsonNode delivered) {
    DeliveredJson.read(
        delivered,
        (name, rule, alert, at) -> {
          Channel channel = channels.get(name);
          if (channel != null) {
            channel.restore(rule, alert, at);
          }
        });
  }

  /** Changes with {@link #delivered}. */
  @Override
  public long version() {
    return channels.values().stream().mapToLong(Channel::version).sum();
  }

  /** How many alerts wait in a channel's queue. */
  int queued(String channel) {
    Channel known = channels.get(channel);
    return known == null ? 0 : known.queued();
  }

  /**
   * Sends one marked message to each channel, past queue, circuit breaker and rate, and waits for
   * the outcomes: 21 seconds at most.
   */
  List<ChannelOutcome> test() {
    Map<String, CompletableFuture<ChannelOutcome>> tests = new LinkedHashMap<>();
    channels.forEach((name, channel) -> tests.put(name, channel.test()));
    List<ChannelOutcome> outcomes = new ArrayList<>();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(tests.values().toArray(CompletableFuture[]::new));
    try {
      all.get(TEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      // Each is asked for its own outcome below.
    }
    tests.forEach(
        (name, test) ->
            outcomes.add(test.getNow(new ChannelOutcome(name, "no outcome within 21 s"))));
    return List.copyOf(outcomes);
  }

  /**
   * Sends what waits and can be sent at once, for 3 s at most, and ends. What is left is lost; what
   * an attempt does not let be interrupted keeps its daemon thread. Idempotent.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    List<Thread> threads = new ArrayList<>();
    for (Channel channel : channels.values()) {
      Thread thread = channel.finish();
      if (thread != null) {
        threads.add(thread);
      }
    }
    join(threads, FLUSH);
    channels.values().forEach(Channel::stop);
    join(threads, LAST_MOMENT);
    setup.timer().close();
  }

  private static void join(List<Thread> threads, Duration together) {
    // Real time, whatever clock the threads go by.
    long end = Ticker.system().read() + together.toNanos();
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - Ticker.system().read());
        if (left > 0 && thread != Thread.currentThread()) {
          thread.join(left);
        }
      }
    } catch (InterruptedException inAHurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects settings. Not thread-safe. */
  static final class Builder {

    private final Map<String, Notifier> notifiers;
    private final MeterRegistry registry;
    private Duration repeat = Duration.ofHours(4);
    private Duration attempt = ATTEMPT;
    private @Nullable NotificationClaim claim;
    private Duration claimTtl = Duration.ofMinutes(2);
    private Predicate<Alert> muted = alert -> false;
    private ErrorReporter errors = ErrorReporter.logging();
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    private Builder(Map<String, Notifier> notifiers, MeterRegistry registry) {
      this.notifiers = new LinkedHashMap<>(notifiers);
      this.registry = registry;
    }

    /** After which time what still fires is told again; 4 h by default. */
    Builder repeat(Duration repeat) {
      this.repeat = Require.positive("repeat", repeat);
      return this;
    }

    /** How long one attempt may take; 10 s by default. */
    Builder attempt(Duration attempt) {
      this.attempt = Require.positive("attempt", attempt);
      return this;
    }

    /** Has the replicas of a service speak with one voice. */
    Builder claim(@Nullable NotificationClaim claim) {
      this.claim = claim;
      return this;
    }

    /** For how long a claim counts; 2 min by default, renewed every third of it. */
    Builder claimTtl(Duration ttl) {
      this.claimTtl = Require.positive("claimTtl", ttl);
      return this;
    }

    /** What is not told again for now, because it is silenced. Called on the channels' threads. */
    Builder muted(Predicate<Alert> muted) {
      this.muted = muted;
      return this;
    }

    Builder errorReporter(ErrorReporter errors) {
      this.errors = errors;
      return this;
    }

    Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** For jitter: from 0 to 1. */
    Builder random(DoubleSupplier random) {
      this.random = random;
      return this;
    }

    Outbox build() {
      return new Outbox(this);
    }
  }
}
