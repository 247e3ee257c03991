package dev.vigil.health.http;

import java.util.concurrent.CompletableFuture;

/** Where a request leads: to a {@link Page}, or to a {@link Refusal}. */
interface Route {

  /** The answer; may block for as long as the registry's response deadline says. */
  HealthResponse answer();

  /** The answer, later. */
  CompletableFuture<HealthResponse> answerLater();
}
