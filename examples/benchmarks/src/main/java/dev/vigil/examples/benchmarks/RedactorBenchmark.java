package dev.vigil.examples.benchmarks;

import dev.vigil.core.Redactor;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The redactor alone, beside the plainest loop over the same text. {@code clean} is prose, as most
 * messages are; {@code clean-dense} has a sign or a number every few characters.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RedactorBenchmark {

  private static final int MEGABYTE = 1024 * 1024;

  @Param({
    "clean",
    "clean-dense",
    "spaces-1MB",
    "digits-1MB",
    "at-1MB",
    "equals-1MB",
    "passwords-1MB",
    "cards-1MB"
  })
  public String text;

  private String subject;

  @Setup
  public void setUp() {
    subject =
        switch (text) {
          case "clean" ->
              "order 42 of customer 7 was accepted by the warehouse; "
                  .repeat(20)
                  .substring(0, 1000);
          // What stops the pass most often: times, paths, ids, keys and values, none of them
          // secret.
          case "clean-dense" ->
              ("2026-01-31T12:00:00.123Z GET /api/orders/4711?page=2&size=50 answered 200 in 12 ms"
                      + " for tenant=acme user=pat, 9b2f4c1e-7d3a-4e6b-8c5d-0a1b2c3d4e5f; ")
                  .repeat(10)
                  .substring(0, 1000);
          case "spaces-1MB" -> " ".repeat(MEGABYTE);
          case "digits-1MB" -> "4".repeat(MEGABYTE);
          case "at-1MB" -> "@".repeat(MEGABYTE);
          case "equals-1MB" -> "=".repeat(MEGABYTE);
          case "passwords-1MB" -> "password=hunter2 ".repeat(MEGABYTE / 17);
          default -> "4111 1111 1111 1111 ".repeat(MEGABYTE / 20);
        };
  }

  @Benchmark
  public String redact() {
    return Redactor.standard().redact(subject);
  }

  @Benchmark
  public int sum() {
    int sum = 0;
    for (int i = 0; i < subject.length(); i++) {
      sum += subject.charAt(i);
    }
    return sum;
  }
}
