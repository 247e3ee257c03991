/**
 * Rate limiting of HTTP requests, whatever the server: who a client is ({@link
 * dev.vigil.ratelimit.http.ClientKey}), which limiter holds for which path, and what the answer
 * says. {@link dev.vigil.ratelimit.http.RateLimitHttpFilter} is for the JDK's server; for servlet
 * containers see {@code dev.vigil.ratelimit.servlet}.
 */
@NullMarked
package dev.vigil.ratelimit.http;

import org.jspecify.annotations.NullMarked;
