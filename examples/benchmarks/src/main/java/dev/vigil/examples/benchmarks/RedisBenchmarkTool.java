package dev.vigil.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Redis's own {@code redis-benchmark}, INCR in pipelines of 64: the ceiling of the machine. */
final class RedisBenchmarkTool {

  private static final int A_SECOND = 2_000_000;

  private RedisBenchmarkTool() {}

  /** Whether it is installed; Debian's package is redis-tools. */
  static boolean isThere() {
    try {
      return new ProcessBuilder("redis-benchmark", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** INCRs a second, on one key or on as many at random as everyone else. */
  static double rate(int port, int seconds, boolean random)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("redis-benchmark", "-p", "" + port));
    command.addAll(List.of("-t", "incr", "-P", "64", "-c", "50", "--csv"));
    command.addAll(List.of("-n", "" + seconds * A_SECOND));
    if (random) {
      command.addAll(List.of("-r", "" + FleetCell.MANY));
    }
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith("\"INCR\""))
        .mapToDouble(line -> Double.parseDouble(line.split(",")[1].replace("\"", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(output));
  }
}
