package dev.vigil.health.http;

import static dev.vigil.health.http.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.health.HealthRegistry;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServletSettingsTest {

  private final HealthRegistry registry = HealthRegistry.builder().build();
  private final HealthEndpoint endpoint =
      HealthEndpoint.builder(registry).disclosure(Disclosure.STATUS).build();
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String> parameters = new HashMap<>();

  @AfterEach
  void close() {
    registry.close();
  }

  private ServletConfig config() {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getAttribute") ? attributes.get(arguments[0]) : null);
    return new ServletConfig() {
      @Override
      public String getServletName() {
        return "health";
      }

      @Override
      public ServletContext getServletContext() {
        return context;
      }

      @Override
      public String getInitParameter(String name) {
        return parameters.get(name);
      }

      @Override
      public java.util.Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters.keySet());
      }
    };
  }

  private HealthEndpoint found() throws ServletException {
    return ServletSettings.of(config(), null);
  }

  @Test
  void servesTheEndpointThatItWasBuiltWith() throws ServletException {
    assertThat(ServletSettings.of(config(), endpoint)).isSameAs(endpoint);
  }

  @Test
  void findsAnEndpointUnderItsClassName() throws ServletException {
    attributes.put(HealthEndpoint.class.getName(), endpoint);
    attributes.put(HealthRegistry.class.getName(), registry);

    assertThat(found()).isSameAs(endpoint);
  }

  @Test
  void findsARegistryAndServesItAsTheParametersSay() throws ServletException {
    attributes.put(HealthRegistry.class.getName(), registry);
    parameters.put("disclosure", "details");
    parameters.put("format", "microprofile");

    String body = Bodies.text(found().handle(get("")));

    assertThat(body).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    parameters.put("format", "native");
    assertThat(Bodies.keys(Bodies.json(found().handle(get(""))))).contains("uptime");
  }

  @Test
  void leavesThePageOutWhereTheDeploymentSaysSo() throws ServletException {
    attributes.put(HealthRegistry.class.getName(), registry);
    assertThat(found().handle(get("/page")).status()).isEqualTo(200);

    parameters.put("page", "false");
    assertThat(found().handle(get("/page")).status()).isEqualTo(404);

    parameters.put("page", "no");
    assertThatThrownBy(this::found)
        .hasMessage("servlet \"health\" knows no page \"no\"; there are true, false");
  }

  @Test
  void findsWhatAnotherAttributeHolds() throws ServletException {
    attributes.put("app.health", endpoint);
    parameters.put("attribute", "app.health");

    assertThat(found()).isSameAs(endpoint);
  }

  @Test
  void refusesAnUnknownParameterAndNamesTheNearest() {
    attributes.put(HealthEndpoint.class.getName(), endpoint);
    parameters.put("disclosur", "checks");

    assertThatThrownBy(this::found)
        .isInstanceOf(ServletException.class)
        .hasMessage(
            "servlet \"health\" has no init parameter \"disclosur\"; there are attribute,"
                + " disclosure, format, page; did you mean disclosure?");
  }

  @Test
  void refusesUnknownValues() {
    attributes.put(HealthRegistry.class.getName(), registry);
    parameters.put("disclosure", "detail");
    assertThatThrownBy(this::found)
        .isInstanceOf(ServletException.class)
        .hasMessage(
            "servlet \"health\" knows no disclosure \"detail\"; there are status, checks, details;"
                + " did you mean details?");

    parameters.put("disclosure", "details");
    parameters.put("format", "json");
    assertThatThrownBy(this::found)
        .isInstanceOf(ServletException.class)
        .hasMessageStartingWith("servlet \"health\" knows no format \"json\"; there are native,");
  }

  @Test
  void refusesParametersThatAFinishedEndpointCannotObey() {
    parameters.put("disclosure", "checks");

    assertThatThrownBy(() -> ServletSettings.of(config(), endpoint))
        .isInstanceOf(ServletException.class)
        .hasMessage(
            "servlet \"health\" serves an endpoint that was built elsewhere; set [disclosure]"
                + " there");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(this::found)
        .isInstanceOf(ServletException.class)
        .hasMessage(
            "servlet \"health\" needs a HealthEndpoint or a HealthRegistry as attribute of the"
                + " servlet context, named by its class, or the init parameter \"attribute\" with"
                + " another name");

    attributes.put("app.health", "text");
    parameters.put("attribute", "app.health");
    assertThatThrownBy(this::found)
        .hasMessageEndingWith("but attribute \"app.health\" holds a java.lang.String");
  }
}
