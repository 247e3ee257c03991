package dev.vigil.headers.httpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.vigil.core.internal.http.DelegatingExchange;
import dev.vigil.headers.internal.PreparedHeaders;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that writes the security headers when the answer begins. */
final class GuardedExchange extends DelegatingExchange {

  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_ERROR = 400;

  private final PreparedHeaders headers;
  private final @Nullable String drawn;

  GuardedExchange(HttpExchange exchange, PreparedHeaders headers, @Nullable String drawn) {
    super(exchange);
    this.headers = headers;
    this.drawn = drawn;
  }

  String nonce() {
    if (drawn == null) {
      throw new IllegalStateException(
          "the policy of this path uses no nonce; give the path a policy with scriptSrc(src ->"
              + " src.nonce()), SecurityHeaders.strict() for example");
    }
    return headers.nonceOf(drawn);
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    Headers out = getResponseHeaders();
    for (int i = 0; i < headers.size(); i++) {
      boolean spoilt = status == NOT_MODIFIED && headers.holdsNonce(i);
      if (!spoilt && !out.containsKey(headers.name(i))) {
        boolean stored = status >= FIRST_ERROR && i == headers.storing();
        out.set(headers.name(i), stored ? "no-store" : headers.value(i, drawn));
      }
    }
    for (int i = 0; i < headers.removals(); i++) {
      out.remove(headers.removal(i));
    }
    super.sendResponseHeaders(status, length);
  }
}
