package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What web.xml can say wrong. */
class InitParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pre-set | api | init-param \"pre-set\" is not known; did you mean preset?",
        "x | 1 | init-param \"x\" is not known; known are preset, csp, csp-report-only, reporting,"
            + " cache-control, profile, trusted-proxies",
        "preset | strickt | preset must be one of api, strict, spa, legacy but was \"strickt\"",
        "csp | img-src self | Content-Security-Policy img-src: \"self\" needs single quotes; write"
            + " 'self'",
        "profile | prd | profile must be one of development, staging, production but was \"prd\"",
        "trusted-proxies | proxy | trusted proxies: \"proxy\" is not an address or CIDR range; names"
            + " are not resolved",
        "reporting | http://a/ | Reporting-Endpoints",
      })
  void theHeadersFilterRefusesWithTheReason(String name, String value, String message) {
    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(() -> new SecurityHeadersFilter().init(config(Map.of(name, value))))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hosts | a.example | init-param \"hosts\" is not known; did you mean host?",
        "port | 443 | HTTPS redirect: no host is named to redirect to; name one, or a list of those"
            + " allowed",
        "host | https://a.example | HTTPS redirect: \"https://a.example\" is no host name; write it"
            + " without scheme, port and path",
      })
  void theRedirectFilterRefusesWithTheReason(String name, String value, String message) {
    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(() -> new HttpsRedirectFilter().init(config(Map.of(name, value))))
        .withMessage(message);
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(
            () ->
                new HttpsRedirectFilter().init(config(Map.of("host", "a.example", "port", "44x"))))
        .withMessageStartingWith("init-param port must be a whole number but was");
    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(
            () ->
                new HttpsRedirectFilter()
                    .init(config(Map.of("host", "a.example", "status", "302"))))
        .withMessage("status must be 308 or 301 but was 302");
  }

  @Test
  void everyParameterTogetherIsTaken() throws ServletException {
    SecurityHeadersFilter filter = new SecurityHeadersFilter();
    filter.init(
        config(
            Map.of(
                "preset", " strict ",
                "csp", "script-src 'nonce-{nonce}' 'strict-dynamic'; base-uri 'none'",
                "csp-report-only", "default-src 'self'",
                "reporting", "/csp-reports",
                "cache-control", "no-store",
                "profile", "Staging",
                "trusted-proxies", "loopback, 10.0.0.0/8")));

    assertThat(filter.committedBefore()).isZero();
  }

  private static FilterConfig config(Map<String, String> parameters) {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                InitParametersTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> null);
    return new FilterConfig() {
      @Override
      public String getFilterName() {
        return "test";
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
      public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters.keySet());
      }
    };
  }
}
