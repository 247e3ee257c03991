package dev.vigil.health.kubernetes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does to a server what Kubernetes' kubelet does with its default figures: a time-out of 1 s, three
 * failures in a row to act, one success to forget them. The period is a parameter, 10 s in
 * Kubernetes.
 */
final class Kubelet implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int FAILURE_THRESHOLD = 3;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<Long> answerMillis = new ArrayList<>(); // guarded by this
  private int unansweredProbes;
  private boolean ready;
  private int restarts;

  Kubelet(int port, Duration period) {
    probe(URI.create("http://localhost:" + port + "/health/ready"), period, new Readiness());
    probe(URI.create("http://localhost:" + port + "/health/live"), period, new Liveness());
  }

  private interface Probe {
    void result(boolean success);
  }

  private void probe(URI uri, Duration period, Probe probe) {
    clock.scheduleAtFixedRate(
        () -> probe.result(answers200(uri)), 0, period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean answers200(URI uri) {
    long begin = System.nanoTime();
    boolean success = false;
    boolean answered = false;
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      success = connection.getResponseCode() == 200;
      answered = true;
    } catch (IOException timedOutOrRefused) {
      answered = false;
    }
    synchronized (this) {
      answerMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      unansweredProbes += answered ? 0 : 1;
    }
    return success;
  }

  /** One success makes it ready, three failures in a row take it out. */
  private final class Readiness implements Probe {
    private int failures;

    @Override
    public void result(boolean success) {
      failures = success ? 0 : failures + 1;
      synchronized (Kubelet.this) {
        ready = success || (ready && failures < FAILURE_THRESHOLD);
      }
    }
  }

  /** Three failures in a row restart the container, and counting begins anew. */
  private final class Liveness implements Probe {
    private int failures;

    @Override
    public void result(boolean success) {
      failures = success ? 0 : failures + 1;
      if (failures == FAILURE_THRESHOLD) {
        failures = 0;
        synchronized (Kubelet.this) {
          restarts++;
        }
      }
    }
  }

  synchronized boolean ready() {
    return ready;
  }

  synchronized int restarts() {
    return restarts;
  }

  /** Probes that were not answered within their time-out, whatever the answer. */
  synchronized int unansweredProbes() {
    return unansweredProbes;
  }

  synchronized long slowestMillis() {
    return answerMillis.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
