package dev.vigil.examples.service;

import dev.vigil.core.Redactor;
import dev.vigil.core.Secret;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /demo/faults/{database|cache|vendor}?on=true|false}, with the admin token: stops the
 * real server, or lets the vendor hang, and mends it again.
 */
final class FaultsFeature implements Feature {

  private static final Logger log = LoggerFactory.getLogger(FaultsFeature.class);
  private static final String BEARER = "Bearer ";

  private final Map<String, Breakable> faults;
  private final Secret adminToken;

  FaultsFeature(Map<String, Breakable> faults, Secret adminToken) {
    this.faults = faults;
    this.adminToken = adminToken;
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServlet(new ServletHolder("faults", new FaultsServlet()), "/demo/faults/*");
  }

  private final class FaultsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (!authorised(request, adminToken)) {
        response.setHeader("WWW-Authenticate", "Bearer");
        answer(response, 401, "this needs the admin token, as Authorization: Bearer ...");
        return;
      }
      String path = request.getPathInfo();
      Breakable fault = path == null ? null : faults.get(path.substring(1));
      String on = request.getParameter("on");
      if (fault == null) {
        answer(response, 404, "there are faults for " + faults.keySet());
      } else if (!"true".equals(on) && !"false".equals(on)) {
        answer(response, 400, "the parameter on must be true or false");
      } else {
        turn(fault, "true".equals(on), response);
      }
    }
  }

  /** Whether a request presents the admin token. */
  static boolean authorised(HttpServletRequest request, Secret adminToken) {
    String given = request.getHeader("Authorization");
    return given != null
        && given.startsWith(BEARER)
        && adminToken.matches(given.substring(BEARER.length()));
  }

  private static void turn(Breakable fault, boolean on, HttpServletResponse response)
      throws IOException {
    try {
      fault.broken(on);
      answer(response, 200, on ? "broken" : "mended");
    } catch (IllegalStateException notOurs) {
      answer(response, 409, String.valueOf(notOurs.getMessage()));
    } catch (Exception failure) {
      log.warn("the fault could not be turned {}", on, Redactor.standard().redact(failure));
      answer(response, 500, "that did not work; the log says why");
    }
  }

  private static void answer(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
