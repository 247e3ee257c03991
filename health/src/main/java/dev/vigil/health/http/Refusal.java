package dev.vigil.health.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An answer that no check is asked for. Its words are ours alone: nothing of the request. */
record Refusal(HealthResponse response) implements Route {

  static final Refusal METHOD =
      of(405, "only GET and HEAD are allowed", Map.of("Allow", "GET, HEAD"));

  static final Refusal UNKNOWN =
      of(404, "no such path, group, check or tag, or none that may be shown without credentials");

  static final Refusal QUERY =
      of(
          400,
          "the query must be percent-encoded UTF-8 of at most "
              + Parameters.MOST_CHARACTERS
              + " characters and "
              + Parameters.MOST_PARAMETERS
              + " parameters");

  static final Refusal FORMAT =
      of(400, "format must be one of " + String.join(", ", HealthFormat.parameters()));

  static final Refusal BROKEN = of(500, "the report could not be written; the log says why");

  static Refusal of(int status, String sentence) {
    return of(status, sentence, Map.of());
  }

  static Refusal of(int status, String sentence, Map<String, String> headers) {
    return new Refusal(HealthResponse.text(status, sentence, headers));
  }

  @Override
  public HealthResponse answer() {
    return response;
  }

  @Override
  public CompletableFuture<HealthResponse> answerLater() {
    return CompletableFuture.completedFuture(response);
  }
}
