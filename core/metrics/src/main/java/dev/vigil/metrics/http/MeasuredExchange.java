package dev.vigil.metrics.http;

import com.sun.net.httpserver.HttpExchange;
import dev.vigil.core.internal.http.DelegatingExchange;
import java.io.IOException;

/** An exchange that tells when it is answered, for handlers that return before. */
final class MeasuredExchange extends DelegatingExchange {

  private final ExchangeTiming timing;

  MeasuredExchange(HttpExchange exchange, ExchangeTiming timing) {
    super(exchange);
    this.timing = timing;
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    super.sendResponseHeaders(status, length);
    timing.answered();
  }

  @Override
  public void close() {
    super.close();
    timing.closed();
  }
}
