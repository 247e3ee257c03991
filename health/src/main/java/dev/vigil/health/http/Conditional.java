package dev.vigil.health.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A route whose answer is not sent again to whom has it: 304 in its place.
 *
 * @param ifNoneMatch the tags of what the caller has
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2</a>
 */
record Conditional(Route route, @Nullable String ifNoneMatch) implements Route {

  @Override
  public HealthResponse answer() {
    return unlessKnown(route.answer());
  }

  @Override
  public CompletableFuture<HealthResponse> answerLater() {
    return route.answerLater().thenApply(this::unlessKnown);
  }

  private HealthResponse unlessKnown(HealthResponse response) {
    String tag = response.headers().get("ETag");
    return tag != null && EntityTag.known(ifNoneMatch, tag) ? response.notModified() : response;
  }
}
