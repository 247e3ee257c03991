package dev.vigil.health.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A {@link HealthEndpoint} for a server with few threads: an exchange whose answer is not there yet
 * is put aside, and goes on when it is.
 */
record DeferringHandler(HealthEndpoint endpoint, Executor threads) implements HttpHandler {

  @Override
  public void handle(HttpExchange exchange) {
    CompletableFuture<HealthResponse> answer = endpoint.handleAsync(new ExchangeRequest(exchange));
    if (answer.isDone()) {
      HealthHttpHandler.send(exchange, answer.join());
    } else {
      // Completed on one of the registry's threads, which no client may hold by reading slowly.
      var unused = answer.thenAccept(response -> goOn(exchange, response));
    }
  }

  private void goOn(HttpExchange exchange, HealthResponse response) {
    try {
      threads.execute(() -> HealthHttpHandler.send(exchange, response));
    } catch (RejectedExecutionException stopped) {
      exchange.close();
    }
  }
}
