package dev.vigil.health.checks;

import dev.vigil.core.internal.VigilThreads;
import java.net.http.HttpClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One check's HTTP client, made when it is first needed.
 *
 * <p>The JDK's client cannot be closed before 21. It ends its selector thread some time after it
 * has become unreachable, so it must not stand in a static field: its threads would then keep the
 * class loader, and the class loader the client. The threads that we give it end by themselves.
 */
final class LazyHttpClient {

  /** The client never blocks these; the second is for TLS to compute while the first reads. */
  private static final int MOST_THREADS = 2;

  private static final long IDLE_SECONDS = 5;

  private final ThreadFactory threads = VigilThreads.named("http-check");
  private final @Nullable SSLContext sslContext;
  private @Nullable HttpClient client;

  private LazyHttpClient(@Nullable SSLContext sslContext) {
    this.sslContext = sslContext;
  }

  /** Trusts what the JVM trusts by default. */
  static LazyHttpClient standard() {
    return new LazyHttpClient(null);
  }

  static LazyHttpClient with(SSLContext sslContext) {
    return new LazyHttpClient(sslContext);
  }

  synchronized HttpClient get() {
    HttpClient known = client;
    if (known == null) {
      known = make();
      client = known;
    }
    return known;
  }

  private HttpClient make() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    executor.allowCoreThreadTimeOut(true);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // HTTP/2 would ask plain servers for an upgrade that some of them choke on.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor);
    if (sslContext != null) {
      builder.sslContext(sslContext);
    }
    return builder.build();
  }
}
