package dev.vigil.headers.servlet;

import dev.vigil.headers.internal.PreparedHeaders;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One policy for one kind of request, and how it gets onto a response. Immutable. */
final class Rule {

  final PreparedHeaders headers;
  private final CspNonce withoutNonce;

  Rule(PreparedHeaders headers) {
    this.headers = headers;
    withoutNonce = new CspNonce(this, null);
  }

  /** What a request carries: a nonce of its own where the policy uses one, else what all share. */
  CspNonce start() {
    return headers.usesNonce() ? new CspNonce(this, headers.draw()) : withoutNonce;
  }

  /** As {@link #start()}, for a request that has a nonce already. */
  CspNonce goOn(String nonce) {
    return headers.usesNonce() ? new CspNonce(this, headers.redraw(nonce)) : withoutNonce;
  }

  CspNonce tooLate() {
    return headers.usesNonce() ? new CspNonce(this, null) : withoutNonce;
  }

  /**
   * Writes what is not there yet.
   *
   * @return a bit for each header that the application has set before us
   */
  long write(HttpServletResponse response, @Nullable String drawn) {
    long taken = 0;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      String present = response.getHeader(name);
      if (present == null) {
        // Known to be absent, so that the container need not search for it once more.
        response.addHeader(name, headers.value(i, drawn));
      } else if (!present.equals(headers.value(i, drawn))) {
        taken |= 1L << i;
      }
    }
    for (int i = 0; i < headers.removals(); i++) {
      String name = headers.removal(i);
      if (response.containsHeader(name)) {
        response.setHeader(name, null); // Servlet 6.1 says that this removes; older ones may ignore
      }
    }
    return taken;
  }
}
