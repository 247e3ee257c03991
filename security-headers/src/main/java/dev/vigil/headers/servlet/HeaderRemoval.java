package dev.vigil.headers.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a header off a response that is not committed. */
final class HeaderRemoval {

  private HeaderRemoval() {}

  /**
   * Removes a header by setting it to null, as Servlet 6.1 has it and Jetty and Undertow have long
   * done. Tomcat 10.1 ignores that; there the response is reset and the others are written anew,
   * which loses what stands in its buffer: so only before a body.
   */
  static void remove(HttpServletResponse response, String name) {
    if (!response.containsHeader(name)) {
      return;
    }
    response.setHeader(name, null);
    if (response.isCommitted() || !response.containsHeader(name)) {
      return;
    }
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String other : response.getHeaderNames()) {
      if (!other.equalsIgnoreCase(name)) {
        kept.put(other, new ArrayList<>(response.getHeaders(other)));
      }
    }
    int status = response.getStatus();
    String contentType = response.getContentType();
    response.reset();
    response.setStatus(status);
    if (contentType != null) {
      response.setContentType(contentType);
    }
    kept.forEach((other, values) -> values.forEach(value -> response.addHeader(other, value)));
  }
}
