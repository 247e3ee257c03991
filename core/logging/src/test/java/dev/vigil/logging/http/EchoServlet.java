package dev.vigil.logging.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.MDC;

/** Answers with its thread's MDC; {@code /async} on a later dispatch, {@code /throw} by none. */
final class EchoServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
    if (request.getRequestURI().equals("/async") && first) {
      request.startAsync().dispatch();
      return;
    }
    if (request.getRequestURI().equals("/throw") && first) {
      throw new IllegalStateException("asked to throw");
    }
    response.getWriter().print(context());
  }

  static Map<String, String> context() {
    return new TreeMap<>(Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
  }
}
