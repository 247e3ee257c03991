package dev.vigil.metrics.http;

import dev.vigil.core.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * The values of the tag {@code uri}: never more than a stated number, whatever clients send.
 *
 * <p>A template is taken as it is. A path earns a value of its own by an answer that is neither a
 * redirect nor the client's fault, so that a scan for paths that are not there cannot use the
 * values up; until then it has one of Spring Boot's words. Thread-safe.
 */
final class UriNames {

  /** What no program has by hand: a guard against a template that is none. */
  private static final int MOST_TEMPLATES = 1_000;

  private static final String ROOT = "root";
  private static final String REDIRECTION = "REDIRECTION";
  private static final String NOT_FOUND = "NOT_FOUND";
  private static final String UNKNOWN = "UNKNOWN";

  private final BoundedNames templates = new BoundedNames(MOST_TEMPLATES, template -> true);
  private final BoundedNames paths;

  UriNames(int mostPaths) {
    paths = new BoundedNames(mostPaths, UriNames::holdsNoSecret);
  }

  /** A reset link's token would stay in the registry for good. */
  private static boolean holdsNoSecret(String path) {
    return Redactor.standard().redact(path).equals(path);
  }

  String name(@Nullable String template, String path, int status) {
    if (template != null) {
      return template.isEmpty() ? ROOT : templates.admit(template);
    }
    if (paths.isKnown(path)) {
      return path;
    }
    if (status == 404) {
      return NOT_FOUND;
    }
    return switch (status / 100) {
      case 3 -> REDIRECTION;
      case 4 -> UNKNOWN;
      default -> paths.admit(path);
    };
  }
}
