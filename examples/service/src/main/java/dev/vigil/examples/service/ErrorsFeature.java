package dev.vigil.examples.service;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Secret;
import dev.vigil.sentry.SentryReporter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * Failures of handlers and of threads go to the log and, where {@code SENTRY_DSN} is set, to
 * Sentry, each once. {@code POST /demo/failures?in=handler|thread}, with the admin token, makes
 * one.
 */
final class ErrorsFeature implements Feature, AutoCloseable {

  private final Settings settings;
  private final SentryReporter errors;

  ErrorsFeature(Settings settings) {
    this.settings = settings;
    String dsn = settings.sentryDsn().map(Secret::reveal).orElse(null);
    errors = SentryReporter.start(dsn, settings.profile(), "orders-demo@" + DemoService.VERSION);
  }

  /** Hears of what ends a thread of this process too. */
  void handleUncaught() {
    errors.handleUncaught();
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addFilter(
        new FilterHolder(new ReportingFilter(errors)), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder("failures", new FailuresServlet()), "/demo/failures");
  }

  /** Reports what a handler throws, and answers 500 where nothing has been answered. */
  private record ReportingFilter(ErrorReporter errors) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      try {
        chain.doFilter(request, response);
      } catch (RuntimeException | ServletException failure) {
        HttpServletRequest asked = (HttpServletRequest) request;
        errors.report("answering " + asked.getMethod() + " " + asked.getRequestURI(), failure);
        if (response.isCommitted()) {
          throw failure; // the client must see that the answer is not whole
        }
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    }
  }

  private final class FailuresServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (!FaultsFeature.authorised(request, settings.adminToken())) {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      } else if ("thread".equals(request.getParameter("in"))) {
        new Thread(() -> fail("a thread"), "demo-failure").start();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
      } else {
        fail("a handler");
      }
    }

    private void fail(String where) {
      throw new IllegalStateException(
          "asked to fail in " + where + " with password=hunter2-of-the-demo");
    }
  }

  /** Sends what waits. */
  @Override
  public void close() {
    errors.close();
  }
}
