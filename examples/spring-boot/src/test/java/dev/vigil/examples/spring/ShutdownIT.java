package dev.vigil.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole process under load gets SIGTERM; a probe as a load balancer's takes it out in time. */
class ShutdownIT {

  private final AtomicBoolean inRotation = new AtomicBoolean(true);
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger servedAfterSignal = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(60)
  void noRequestFailsReadinessFlipsFirstAndNothingIsWarnedOf(@TempDir Path directory)
      throws Exception {
    Path log = directory.resolve("out.log");
    Process process = start(log);
    try {
      int port = port(process, log);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(run(() -> load(port)));
      }
      threads.add(run(() -> probe(port)));
      waitFor(() -> served.get() >= 40);

      process.destroy(); // SIGTERM
      signalled.set(true);

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      assertThat(inRotation).as("readiness was seen to flip while the server answered").isFalse();
      assertThat(servedAfterSignal).hasPositiveValue();
      String said = Files.readString(log);
      assertThat(said).contains("not ready any more; requests are taken for");
      assertThat(said.lines().filter(line -> line.matches(".* (WARN|ERROR) .*")))
          .as("warnings from start to end")
          .isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(OrdersApplication.class.getName());
    Servers.properties().forEach(property -> command.add("--" + property));
    command.add("--vigil.shutdown.delay=2s");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static int port(Process process, Path log) {
    String[] text = new String[1];
    waitFor(
        () -> {
          text[0] = read(log);
          assertThat(process.isAlive()).as(text[0]).isTrue();
          return text[0].contains("Started OrdersApplication");
        });
    String after = text[0].substring(text[0].indexOf("Tomcat started on port ") + 23);
    return Integer.parseInt(after.substring(0, after.indexOf(' ')));
  }

  /** Sends while the load balancer would: until the probe has failed once. */
  private void load(int port) {
    while (inRotation.get()) {
      boolean after = signalled.get();
      try {
        HttpResponse<String> answer = RunningApplication.get(port, "/api/orders");
        if (answer.statusCode() == 200) {
          served.incrementAndGet();
          if (after) {
            servedAfterSignal.incrementAndGet();
          }
        } else {
          failures.add("status " + answer.statusCode());
        }
      } catch (UncheckedIOException failure) {
        failures.add(failure.toString());
      }
    }
  }

  /** A probe every 200 ms that takes the instance out at its first no. */
  private void probe(int port) {
    while (inRotation.get()) {
      try {
        if (RunningApplication.get(port, "/health/ready").statusCode() != 200) {
          inRotation.set(false);
        }
        Thread.sleep(200);
      } catch (UncheckedIOException | InterruptedException failure) {
        failures.add("the probe found nobody before it was told no: " + failure);
        return;
      }
    }
  }

  private static Thread run(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static String read(Path log) {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitFor(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
