package dev.vigil.metrics.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An application that does what applications do to their requests. */
final class Scenarios {

  private interface Work {
    void on(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException;
  }

  private static final class Working extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Work work;

    Working(Work work) {
      this.work = work;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      work.on(request, response);
    }
  }

  private Scenarios() {}

  static void addTo(ServletContext context) {
    add(context, "/plain", (request, response) -> say(response, "plain"));
    add(context, "/files/*", (request, response) -> say(response, "file"));
    add(context, "/", Scenarios::everythingElse);
    add(context, "/error", (request, response) -> say(response, "an error page"));
    add(context, "/gone", (request, response) -> response.sendError(410));
    add(
        context,
        "/fail",
        (request, response) -> {
          throw new IllegalStateException("failed");
        });
    add(
        context,
        "/wrapped",
        (request, response) -> {
          throw new ServletException("wrapped", new IllegalArgumentException("inside"));
        });
    add(
        context,
        "/unsupported",
        (request, response) -> {
          throw new UnsupportedOperationException("has an error page");
        });
    add(
        context,
        "/unavailable",
        (request, response) -> {
          throw new UnavailableException("for a while", 60);
        });
    add(
        context,
        "/late-failure",
        (request, response) -> {
          say(response, "some");
          response.flushBuffer();
          throw new IllegalStateException("too late for a status");
        });
    add(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/plain").forward(request, response));
    add(
        context,
        "/include",
        (request, response) -> request.getRequestDispatcher("/plain").include(request, response));
    add(
        context,
        "/spring",
        (request, response) -> {
          request.setAttribute(
              "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern", "/orders/{id}");
          say(response, "found");
        });
    add(
        context,
        "/observed",
        (request, response) -> {
          request.setAttribute(
              "org.springframework.web.filter.ServerHttpObservationFilter.context", "set");
          say(response, "counted by another");
        });
    addAsync(context);
  }

  private static void everythingElse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getServletPath();
    if (path.startsWith("/missing")) {
      response.sendError(404);
    } else if (path.startsWith("/private")) {
      response.setStatus(401);
    } else if (path.startsWith("/old")) {
      response.sendRedirect("/plain");
    } else {
      say(response, "anything");
    }
  }

  private static void addAsync(ServletContext context) {
    add(context, "/async", (request, response) -> later(request, 50, Scenarios::answer));
    add(context, "/async-at-once", (request, response) -> later(request, 0, Scenarios::answer));
    add(
        context,
        "/async-dispatch",
        (request, response) -> later(request, 20, async -> async.dispatch("/plain")));
    add(
        context,
        "/async-failing",
        (request, response) -> later(request, 20, async -> async.dispatch("/fail")));
    add(
        context,
        "/async-twice",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            later(request, 20, Scenarios::answer);
          } else {
            later(request, 20, AsyncContext::dispatch);
          }
        });
    add(context, "/async-timeout", (request, response) -> request.startAsync().setTimeout(200));
  }

  private interface Ending {
    void end(AsyncContext async) throws IOException;
  }

  private static void later(HttpServletRequest request, long millis, Ending ending) {
    AsyncContext async = request.startAsync();
    async.setTimeout(30_000);
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
                ending.end(async);
              } catch (IOException | InterruptedException gone) {
                async.complete();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void answer(AsyncContext async) throws IOException {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    response.setStatus(202);
    say(response, "later");
    async.complete();
  }

  private static void say(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(ServletContext context, String pattern, Work work) {
    ServletRegistration.Dynamic servlet =
        context.addServlet("servlet at " + pattern, new Working(work));
    servlet.setAsyncSupported(true);
    servlet.addMapping(pattern);
  }
}
