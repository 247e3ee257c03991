package dev.vigil.spring;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code vigil.logging.*}; with vigil-logging on the class path.
 *
 * @param requestContext Whether each request's id, method, path and client are in the MDC.
 */
record LoggingProperties(@DefaultValue("true") boolean requestContext) {}
