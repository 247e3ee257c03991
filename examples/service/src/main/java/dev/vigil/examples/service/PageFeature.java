package dev.vigil.examples.service;

import dev.vigil.headers.servlet.CspNonce;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * A small page at {@code /} that lists and places orders: its script carries the request's nonce,
 * its files never change under one name, and {@code /api/items} suggests what to order.
 */
final class PageFeature implements Feature {

  private static final String NONCE = "${cspNonce}";

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServlet(new ServletHolder("page", new PageServlet(file("orders.html"))), "");
    add(context, "/assets/orders-1.css", "text/css; charset=utf-8", file("orders-1.css"));
    add(context, "/assets/icon-1.svg", "image/svg+xml", file("icon-1.svg"));
    add(context, "/api/items", "application/json", "[\"book\",\"chair\",\"lamp\"]");
  }

  private static void add(ServletContextHandler context, String path, String type, String text) {
    context.addServlet(new ServletHolder(path, new FileServlet(type, text)), path);
  }

  private static String file(String name) {
    try (InputStream in = PageFeature.class.getResourceAsStream("/page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no page/" + name + "; build again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void answer(HttpServletResponse response, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final String page;

    PageServlet(String page) {
      this.page = page;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String nonce = CspNonce.of(request).value();
      answer(response, "text/html; charset=utf-8", page.replace(NONCE, nonce));
    }
  }

  private static final class FileServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final String type;
    private final String text;

    FileServlet(String type, String text) {
      this.type = type;
      this.text = text;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer(response, type, text);
    }
  }
}
