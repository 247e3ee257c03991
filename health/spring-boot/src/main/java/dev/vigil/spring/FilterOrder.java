package dev.vigil.spring;

import org.springframework.core.Ordered;

/**
 * Where our filters stand, which is the order of security-headers' README. All come after Boot's
 * observation and character encoding (the first two) and before Spring Security (-100), which
 * answers by itself whom it refuses.
 */
final class FilterOrder {

  private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 100;

  static final int REQUEST_CONTEXT = FIRST;
  static final int HTTPS = FIRST + 10;
  static final int HEADERS = FIRST + 20;
  static final int METRICS = FIRST + 30;
  static final int RATE_LIMIT = FIRST + 40;

  /** Behind Spring Security, whose filter's default order is -100: there is a user to count by. */
  static final int RATE_LIMIT_BY_USER = -90;

  private FilterOrder() {}
}
