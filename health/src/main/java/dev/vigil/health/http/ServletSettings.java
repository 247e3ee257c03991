package dev.vigil.health.http;

import dev.vigil.core.internal.NearestName;
import dev.vigil.health.HealthRegistry;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a servlet from what its deployment says. */
final class ServletSettings {

  private static final String ATTRIBUTE = "attribute";
  private static final String DISCLOSURE = "disclosure";
  private static final String FORMAT = "format";
  private static final String PAGE = "page";
  private static final List<String> KNOWN = List.of(ATTRIBUTE, DISCLOSURE, FORMAT, PAGE);

  private ServletSettings() {}

  static HealthEndpoint of(ServletConfig config, @Nullable HealthEndpoint built)
      throws ServletException {
    List<String> given = new ArrayList<>(Collections.list(config.getInitParameterNames()));
    for (String name : given) {
      if (!KNOWN.contains(name)) {
        throw wrong(config, "has no init parameter", name, KNOWN);
      }
    }
    Object found = built == null ? attribute(config) : built;
    if (found instanceof HealthRegistry registry) {
      return endpoint(config, registry);
    }
    given.remove(ATTRIBUTE);
    if (!given.isEmpty()) {
      throw new ServletException(
          where(config) + " serves an endpoint that was built elsewhere; set " + given + " there");
    }
    return (HealthEndpoint) found;
  }

  private static Object attribute(ServletConfig config) throws ServletException {
    ServletContext context = config.getServletContext();
    String name = config.getInitParameter(ATTRIBUTE);
    Object found;
    if (name != null) {
      found = context.getAttribute(name);
    } else {
      Object endpoint = context.getAttribute(HealthEndpoint.class.getName());
      found = endpoint == null ? context.getAttribute(HealthRegistry.class.getName()) : endpoint;
    }
    if (found instanceof HealthEndpoint || found instanceof HealthRegistry) {
      return found;
    }
    throw new ServletException(
        where(config)
            + " needs a HealthEndpoint or a HealthRegistry as attribute of the servlet context, "
            + (name == null
                ? "named by its class, or the init parameter \"attribute\" with another name"
                : "but attribute \"" + name + "\" holds " + kind(found)));
  }

  private static HealthEndpoint endpoint(ServletConfig config, HealthRegistry registry)
      throws ServletException {
    HealthEndpoint.Builder builder = HealthEndpoint.builder(registry);
    String disclosure = config.getInitParameter(DISCLOSURE);
    if (disclosure != null) {
      builder.disclosure(disclosure(config, disclosure));
    }
    String format = config.getInitParameter(FORMAT);
    if (format != null) {
      HealthFormat known = HealthFormat.byParameter(format);
      if (known == null) {
        throw wrong(config, "knows no format", format, HealthFormat.parameters());
      }
      builder.defaultFormat(known);
    }
    String page = config.getInitParameter(PAGE);
    if (page != null) {
      if (!page.equals("true") && !page.equals("false")) {
        throw wrong(config, "knows no page", page, List.of("true", "false"));
      }
      builder.page(page.equals("true"));
    }
    return builder.build();
  }

  private static Disclosure disclosure(ServletConfig config, String name) throws ServletException {
    List<String> known = new ArrayList<>();
    for (Disclosure disclosure : Disclosure.values()) {
      String word = disclosure.name().toLowerCase(Locale.ROOT);
      if (word.equals(name)) {
        return disclosure;
      }
      known.add(word);
    }
    throw wrong(config, "knows no disclosure", name, known);
  }

  private static ServletException wrong(
      ServletConfig config, String what, String given, List<String> known) {
    return new ServletException(
        where(config)
            + " "
            + what
            + " \""
            + given
            + "\"; there are "
            + String.join(", ", known)
            + NearestName.of(given, known).map(near -> "; did you mean " + near + "?").orElse(""));
  }

  private static String where(ServletConfig config) {
    return "servlet \"" + config.getServletName() + "\"";
  }

  private static String kind(@Nullable Object found) {
    return found == null ? "nothing" : "a " + found.getClass().getName();
  }
}
