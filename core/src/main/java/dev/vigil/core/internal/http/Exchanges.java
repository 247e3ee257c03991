package dev.vigil.core.internal.http;

import dev.vigil.core.Ticker;
import dev.vigil.core.internal.VigilThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests under way on one {@link HttpClient}, each with an end.
 *
 * <p>The client's own time-out ends at the headers; here the caller waits for the whole answer, and
 * takes back its request when the time is over.
 */
final class Exchanges implements AutoCloseable {

  /** Enough of an answer to say what is wrong; a receiver may send without end. */
  private static final int MOST_READ = 64 * 1024;

  /** Makes an answer of what was read. */
  interface Reading<T> {
    T read(int status, @Nullable String retryAfter, String body);
  }

  private final Ticker ticker;
  private final ThreadPoolExecutor workers;
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

  /** Null when closed: JDK 17's client ends when no one holds it. */
  private volatile @Nullable HttpClient client;

  Exchanges(String purpose, Duration connectTimeout, Ticker ticker) {
    this.ticker = ticker;
    // Two, so that one that hangs in a name server's lookup does not stop the other requests.
    workers =
        new ThreadPoolExecutor(
            2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), VigilThreads.named(purpose));
    workers.allowCoreThreadTimeOut(true);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(workers)
            .build();
  }

  <T> T send(HttpRequest request, Duration timeout, Reading<T> reading) throws IOException {
    HttpClient open = client;
    if (open == null) {
      throw closed();
    }
    CompletableFuture<HttpResponse<String>> exchange =
        open.sendAsync(request, headers -> new CappedBody(MOST_READ));
    Thread caller = Thread.currentThread();
    var unused = exchange.whenComplete((answer, failure) -> LockSupport.unpark(caller));
    try {
      await(timeout, exchange::isDone);
      if (!exchange.isDone()) {
        throw new HttpTimeoutException(
            "no complete answer from " + receiver(request) + " within " + timeout);
      }
      HttpResponse<String> answer = exchange.join();
      String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
      return reading.read(answer.statusCode(), retryAfter, answer.body());
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      String what = RetryRule.neverSent(cause) ? "cannot connect to " : "no answer from ";
      throw new IOException(what + receiver(request) + ": " + cause.getClass().getName(), cause);
    } finally {
      exchange.cancel(true); // closes the connection, where it is still in use
    }
  }

  void pause(Duration wait) throws IOException {
    await(wait, () -> false);
  }

  private void await(Duration wait, BooleanSupplier over) throws IOException {
    Thread caller = Thread.currentThread();
    waiting.add(caller);
    try {
      long start = ticker.read();
      long left = wait.toNanos();
      while (!over.getAsBoolean() && left > 0) {
        if (client == null) {
          throw closed();
        }
        ticker.park(left);
        if (caller.isInterrupted()) {
          throw new InterruptedIOException("interrupted while posting");
        }
        left = wait.toNanos() - (ticker.read() - start);
      }
    } finally {
      waiting.remove(caller);
    }
  }

  private static IOException closed() {
    return new IOException("this poster is closed");
  }

  /** Scheme, host and port: the rest of a webhook's URI is its password. */
  private static String receiver(HttpRequest request) {
    URI uri = request.uri();
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  @Override
  public void close() {
    HttpClient open = client;
    client = null;
    waiting.forEach(LockSupport::unpark); // each takes back its own request
    // What the client still wants done after this has no one who waits for it.
    workers.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    if (open instanceof AutoCloseable closeable) { // from JDK 21 on
      try {
        closeable.close();
      } catch (Exception unexpected) {
        // HttpClient.close() declares none.
      }
    }
    workers.shutdown();
  }
}
