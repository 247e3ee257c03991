package dev.vigil.headers.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An application that does to its responses what applications do. */
final class Scenarios {

  static final String OWN_NAME = "Referrer-Policy";
  static final String OWN_VALUE = "origin";
  private static final byte[] BIG =
      "x".repeat(200_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Scenarios() {}

  /** What a servlet does. */
  interface Answer {
    void to(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  static void addTo(ServletContext context) {
    add(context, "/plain", (request, response) -> write(response, "plain"));
    add(context, "/no-content", (request, response) -> response.setStatus(204));
    add(context, "/send-error", (request, response) -> response.sendError(404, "not here"));
    add(
        context,
        "/exception",
        (request, response) -> {
          throw new IllegalStateException("on purpose");
        });
    add(
        context,
        "/exception-page",
        (request, response) -> {
          throw new UnsupportedOperationException("on purpose");
        });
    add(
        context,
        "/reset",
        (request, response) -> {
          response.getOutputStream().write(BIG, 0, 10);
          response.reset();
          write(response, "after reset");
        });
    add(
        context,
        "/flush",
        (request, response) -> {
          response.getOutputStream().write(BIG);
          response.flushBuffer();
          response.getOutputStream().write(BIG);
        });
    add(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/plain").forward(request, response));
    add(
        context,
        "/include",
        (request, response) -> request.getRequestDispatcher("/flush").include(request, response));
    add(context, "/async", (request, response) -> late(request.startAsync()));
    add(
        context,
        "/async-wrapped",
        (request, response) -> late(request.startAsync(request, response)));
    add(context, "/async-dispatch", (request, response) -> request.startAsync().dispatch("/plain"));
    add(context, "/async-timeout", (request, response) -> request.startAsync().setTimeout(200));
    add(context, "/error-page", (request, response) -> response.sendError(410));
    add(context, "/error", (request, response) -> write(response, "our error page"));
    add(context, "/not-modified", (request, response) -> response.setStatus(304));
    add(context, "/not-modified-error", (request, response) -> response.sendError(304));
    add(context, "/redirect", (request, response) -> response.sendRedirect("/plain"));
    add(
        context,
        "/own-set",
        (request, response) -> {
          response.setHeader(OWN_NAME, OWN_VALUE);
          write(response, "own");
        });
    add(
        context,
        "/own-add",
        (request, response) -> {
          response.addHeader(OWN_NAME, OWN_VALUE);
          write(response, "own");
        });
    add(
        context,
        "/own-in-forward",
        (request, response) -> request.getRequestDispatcher("/own-add").forward(request, response));
    add(
        context,
        "/committed",
        (request, response) -> {
          response.flushBuffer();
          response.setHeader(OWN_NAME, OWN_VALUE);
          response.getOutputStream().write(BIG, 0, 10);
        });
    add(
        context,
        "/removed",
        (request, response) -> {
          response.setHeader("X-Powered-By", "us");
          response.addHeader("x-powered-by", "them");
          response.setIntHeader("X-Powered-By", 1);
          response.addDateHeader("X-Powered-By", 0);
          write(response, "removed");
        });
    add(
        context,
        "/nonce",
        (request, response) -> {
          response.setContentType("text/html;charset=utf-8");
          write(response, CspNonce.of(request).value() + " " + request.getAttribute("cspNonce"));
        });
    add(
        context,
        "/nonce-in-forward",
        (request, response) -> {
          request.setAttribute("outer", CspNonce.of(request).value());
          request.getRequestDispatcher("/nonce").forward(request, response);
        });
  }

  static void add(ServletContext context, String path, Answer answer) {
    ServletRegistration.Dynamic registration =
        context.addServlet(
            path,
            new HttpServlet() {
              private static final long serialVersionUID = 1L;

              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws IOException {
                try {
                  answer.to(request, response);
                } catch (IOException | RuntimeException e) {
                  throw e;
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    registration.setAsyncSupported(true);
    registration.addMapping(path);
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getWriter().write(text);
  }

  private static void late(AsyncContext async) {
    CompletableFuture.runAsync(
        () -> {
          try {
            async.getResponse().getOutputStream().write(BIG);
            async.complete();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
  }
}
