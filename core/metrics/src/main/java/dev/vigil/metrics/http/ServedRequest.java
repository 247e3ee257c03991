package dev.vigil.metrics.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that has its answer.
 *
 * @param method as the client wrote it
 * @param template of the path, for example {@code /orders/{id}}, where the server knows it: one of
 *     few, whatever clients send
 * @param path decoded, without what follows a question mark
 * @param status of the answer
 * @param failure that the application let through
 * @param countedElsewhere whether another instrument puts this request into the same meter
 */
public record ServedRequest(
    String method,
    @Nullable String template,
    String path,
    int status,
    @Nullable Throwable failure,
    boolean countedElsewhere) {

  /** Checks that what must be there is there. */
  public ServedRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
  }
}
