package dev.vigil.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How much of the machine's CPU time went to others than this process and its children, in clock
 * ticks; and this process's own, in nanoseconds.
 */
record CpuShare(long busy, long own, long total, long nanos) {

  static CpuShare now() throws IOException {
    String[] all = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
    long[] ticks = Arrays.stream(all, 1, 9).mapToLong(Long::parseLong).toArray();
    long total = Arrays.stream(ticks).sum();
    long own = ticks(ProcessHandle.current());
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      own += ticks(child);
    }
    var here = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuShare(total - ticks[3] - ticks[4], own, total, here.getProcessCpuTime());
  }

  /** User and system time, its own and of children that have ended: proc(5)'s fields 14 to 17. */
  private static long ticks(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
  }

  /** The share of others since then, 0 to 1. */
  double foreignSince(CpuShare before) {
    double others = (busy - before.busy) - (own - before.own);
    return Math.max(0, others / Math.max(1, total - before.total));
  }
}
