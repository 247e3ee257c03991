package dev.vigil.health.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Reads a request to its end before its handler sees it, so that no handler, and not the server
 * either when it discards what a handler has not read, waits for a client.
 */
final class WholeRequest extends Filter {

  /** Far more than an operator has to say; as much as the JDK's server discards by itself. */
  private static final int LARGEST_BODY = 64 * 1024;

  private final AdminThreads threads;

  WholeRequest(AdminThreads threads) {
    this.threads = threads;
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(413, -1);
      exchange.close();
      return;
    }
    exchange.setStreams(new ByteArrayInputStream(body), null);
    threads.requestRead();
    chain.doFilter(exchange);
  }

  @Override
  public String description() {
    return "reads the whole request, of at most " + LARGEST_BODY + " bytes of body";
  }
}
