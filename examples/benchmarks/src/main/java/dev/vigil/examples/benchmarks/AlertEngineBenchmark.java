package dev.vigil.examples.benchmarks;

import dev.vigil.alerts.AlertEngine;
import dev.vigil.alerts.AlertRule;
import dev.vigil.alerts.AlertTransition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A quiet evaluation of 10,000 rules over 2,000 meters: divide by 10,000 for what a rule costs; with
 * -prof gc it shows no bytes. And what a counter costs its application, with and without rules on
 * it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AlertEngineBenchmark {

  private static final int RULES = 10_000;
  private static final int METERS = 2_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Rules on gauges ({@code g > 80}) or on rates ({@code rate(c[5m]) > 40}). */
  @State(Scope.Benchmark)
  public static class Rules {

    @Param({"gauge", "rate"})
    public String kind;

    private final AtomicInteger value = new AtomicInteger(1);
    private AlertEngine engine;
    private Instant[] moments;
    private int next;

    @Setup
    public void prepare() {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      AlertEngine.Builder builder = AlertEngine.builder(registry);
      for (int i = 0; i < RULES; i++) {
        int meter = i % METERS;
        String when = kind.equals("gauge") ? "g" + meter + " > 80" : "rate(c" + meter + "[5m]) > 40";
        builder.rule(
            AlertRule.builder("rule-" + i).when(when).forAtLeast(Duration.ofMinutes(5)).build());
      }
      engine = builder.build();
      for (int i = 0; i < METERS; i++) {
        if (kind.equals("gauge")) {
          registry.gauge("g" + i, value);
        } else {
          registry.counter("c" + i).increment();
        }
      }
      // Made before, so that the measured method allocates nothing of its own.
      moments = new Instant[1_000_000];
      for (int i = 0; i < moments.length; i++) {
        moments[i] = START.plusSeconds(15L * i);
      }
      for (int i = 0; i < 50; i++) {
        evaluate();
      }
    }

    List<AlertTransition> evaluate() {
      return engine.evaluate(moments[next++]);
    }

    @TearDown
    public void close() {
      engine.close();
    }
  }

  /** A counter that nobody watches, or that a rule does. */
  @State(Scope.Benchmark)
  public static class Watched {

    @Param({"false", "true"})
    public boolean watched;

    private Counter counter;
    private AlertEngine engine;

    @Setup
    public void prepare() {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      AlertEngine.Builder builder = AlertEngine.builder(registry);
      if (watched) {
        builder.rule(AlertRule.builder("rate").when("rate(counter[5m]) > 1e18").build());
      }
      engine = builder.interval(Duration.ofSeconds(1)).build();
      counter = registry.counter("counter");
      engine.start();
    }

    @TearDown
    public void close() {
      engine.close();
    }
  }

  @Benchmark
  public List<AlertTransition> quietEvaluation(Rules rules) {
    return rules.evaluate();
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public void increment(Watched watched) {
    watched.counter.increment();
  }
}
