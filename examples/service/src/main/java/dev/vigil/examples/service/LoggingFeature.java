package dev.vigil.examples.service;

import dev.vigil.logging.StructuredLogging;
import dev.vigil.logging.http.RequestContextFilter;
import dev.vigil.logging.micrometer.LogMeters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log of one JSON object a line (of text under the profile development), in which every line
 * names its request; one line for each request to the API.
 */
final class LoggingFeature implements Feature, AutoCloseable {

  private static final Logger requests = LoggerFactory.getLogger("demo.requests");

  private final Settings settings;
  private final @Nullable StructuredLogging logging;

  private LoggingFeature(Settings settings, @Nullable StructuredLogging logging) {
    this.settings = settings;
    this.logging = logging;
  }

  /** Sets the process's log up. */
  static LoggingFeature install(Settings settings) {
    return new LoggingFeature(
        settings,
        StructuredLogging.builder()
            .service("orders-demo")
            .version(DemoService.VERSION)
            .profile(settings.profile())
            .install());
  }

  /** Leaves the log to the process that the demo is a part of. */
  static LoggingFeature ofHost(Settings settings) {
    return new LoggingFeature(settings, null);
  }

  /** Shows what was dropped. */
  void publish(MeterRegistry registry) {
    if (logging != null) {
      LogMeters.of(logging).bindTo(registry);
    }
  }

  @Override
  public void addTo(ServletContextHandler context) {
    FilterHolder requestContext =
        new FilterHolder(RequestContextFilter.of(settings.trustedProxies()));
    requestContext.setAsyncSupported(true);
    context.addFilter(
        requestContext,
        "/*",
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    Filter line =
        (request, response, chain) -> {
          chain.doFilter(request, response);
          requests
              .atInfo()
              .addKeyValue("status", ((HttpServletResponse) response).getStatus())
              .log("{} answered", ((HttpServletRequest) request).getRequestURI());
        };
    context.addFilter(new FilterHolder(line), "/api/*", EnumSet.of(DispatcherType.REQUEST));
  }

  /** Writes what is queued. */
  @Override
  public void close() {
    if (logging != null) {
      logging.close();
    }
  }
}
