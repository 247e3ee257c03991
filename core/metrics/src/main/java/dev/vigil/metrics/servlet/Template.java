package dev.vigil.metrics.servlet;

import dev.vigil.core.ErrorReporter;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the template of a request's path: the program's words for it, of which there are few.
 * Thread-safe.
 */
final class Template {

  /** Where Spring MVC leaves the pattern of the handler that it chose. */
  private static final String SPRING =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private final Function<HttpServletRequest, @Nullable String> own;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Asks the application first.
   *
   * @param own what it throws is told of once, and taken for null
   */
  Template(Function<HttpServletRequest, @Nullable String> own) {
    this.own = own;
  }

  @Nullable String of(HttpServletRequest request) {
    String chosen = chosen(request);
    if (chosen != null) {
      return chosen;
    }
    return request.getAttribute(SPRING) instanceof String pattern ? pattern : mapping(request);
  }

  private @Nullable String chosen(HttpServletRequest request) {
    try {
      return own.apply(request);
    } catch (RuntimeException failure) {
      if (told.compareAndSet(false, true)) {
        ErrorReporter.logging().report("asking for the template of a request's path", failure);
      }
      return null;
    }
  }

  /** A servlet mapped to everything says nothing by it, and {@code *.jsp} little. */
  private static @Nullable String mapping(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    MappingMatch match = mapping.getMappingMatch();
    boolean telling =
        match == MappingMatch.CONTEXT_ROOT
            || match == MappingMatch.EXACT
            || (match == MappingMatch.PATH && !mapping.getPattern().equals("/*"));
    return telling ? mapping.getPattern() : null;
  }
}
