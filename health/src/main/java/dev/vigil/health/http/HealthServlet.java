package dev.vigil.health.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HealthEndpoint} in a servlet container (jakarta.servlet 5.0 to 6.1), mapped to {@code
 * /health/*}.
 *
 * <p>Comes into being in one of two ways: built with its endpoint and added; or by its no-argument
 * constructor, from {@code web.xml}, and then serves what the servlet context holds as an
 * attribute: a {@link HealthEndpoint} or a {@link dev.vigil.health.HealthRegistry}, under its
 * class's name. Init parameters for the latter: {@code attribute} (another attribute's name), and
 * for a registry {@code disclosure} (status, checks, details) and {@code format} (see {@link
 * HealthFormat#parameter()}).
 *
 * <p>Request bodies are ignored. Thread-safe.
 */
public final class HealthServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** So much of a body is read and dropped, as {@link AdminServer} does. */
  private static final int IGNORED_BODY = 64 * 1024;

  private transient @Nullable HealthEndpoint endpoint;

  /** For containers, which call {@link #init()} next. */
  public HealthServlet() {}

  /** Serves an endpoint. */
  public HealthServlet(HealthEndpoint endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
  }

  /**
   * Finds the endpoint, unless it was built with one.
   *
   * @throws ServletException if an init parameter is unknown or has an unknown value, or there is
   *     neither an endpoint nor a registry
   */
  @Override
  public void init() throws ServletException {
    endpoint = ServletSettings.of(getServletConfig(), endpoint);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HealthResponse answer =
        Objects.requireNonNull(endpoint, "init() was not called")
            .handle(new ServletHealthRequest(request));
    if (request.getMethod().equals("POST")) {
      // A container that answers before it has the body may close the connection under the client's
      // hands.
      request.getInputStream().readNBytes(IGNORED_BODY);
    }
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (answer.hasBody()) {
      answer.writeTo(response.getOutputStream());
    }
  }
}
