package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.core.Profile;
import dev.vigil.headers.SecurityHeaders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to register beside building and adding, and the reload, in real containers. */
class RegistrationIT {

  private static final String CSP = "Content-Security-Policy";
  private static final String REPORT =
      "{\"csp-report\":{\"effective-directive\":\"img-src\",\"blocked-uri\":\"https://a.example/\"}}";

  @TempDir Path folder;

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private HttpResponse<String> plain(Container.Kind kind, Container.Application application)
      throws Exception {
    Container container =
        kind.start(
            folder,
            true,
            context -> {
              application.start(context);
              Scenarios.addTo(context);
            });
    try {
      return new Client(container.port()).get("/plain");
    } finally {
      container.stop();
    }
  }

  private static void map(FilterRegistration.Dynamic registration) {
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byInitParameters(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        plain(
            kind,
            context -> {
              FilterRegistration.Dynamic registration =
                  context.addFilter("headers", SecurityHeadersFilter.class);
              registration.setInitParameter("preset", "spa");
              map(registration);
            });

    assertThat(response.headers().allValues(CSP))
        .containsExactly(SecurityHeaders.spa().headers(false, "").get(CSP));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byNothingAtAllItIsTheApiPreset(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        plain(kind, context -> map(context.addFilter("headers", SecurityHeadersFilter.class)));

    assertThat(response.headers().allValues(CSP))
        .containsExactly(SecurityHeaders.api().headers(false, "").get(CSP));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byAnAttributeOfTheContext(Container.Kind kind) throws Exception {
    SecurityHeadersFilter filter = SecurityHeadersFilter.builder(SecurityHeaders.spa()).build();

    HttpResponse<String> response =
        plain(
            kind,
            context -> {
              context.setAttribute(SecurityHeadersFilter.class.getName(), filter);
              map(context.addFilter("headers", SecurityHeadersFilter.class));
            });

    assertThat(response.headers().allValues(CSP))
        .containsExactly(SecurityHeaders.spa().headers(false, "").get(CSP));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theRedirectByInitParametersAndTheServletByAttribute(Container.Kind kind) throws Exception {
    CspReportServlet reports = CspReportServlet.builder().build();
    Container container =
        kind.start(
            folder,
            true,
            context -> {
              FilterRegistration.Dynamic redirect =
                  context.addFilter("redirect", HttpsRedirectFilter.class);
              redirect.setInitParameter("host", "www.example.com");
              redirect.setInitParameter("port", "8443");
              redirect.setInitParameter("status", "301");
              redirect.setInitParameter("except", "/csp-reports, /no-content");
              map(redirect);
              context.setAttribute(CspReportServlet.class.getName(), reports);
              ServletRegistration.Dynamic servlet =
                  context.addServlet("reports", CspReportServlet.class);
              servlet.addMapping("/csp-reports");
              Scenarios.addTo(context);
            });
    try {
      Client client = new Client(container.port());
      HttpResponse<String> response = client.get("/plain");

      assertThat(response.statusCode()).isEqualTo(301);
      assertThat(response.headers().allValues("Location"))
          .containsExactly("https://www.example.com:8443/plain");
      assertThat(client.send("PUT", "/plain", "").statusCode()).isEqualTo(308);
      assertThat(
              client
                  .send("POST", "/csp-reports", REPORT, "Content-Type", "application/csp-report")
                  .statusCode())
          .isEqualTo(204);
      assertThat(reports.count("img-src", true)).isEqualTo(1);
    } finally {
      container.stop();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void inDevelopmentNothingLocksABrowserOut(Container.Kind kind) throws Exception {
    HttpResponse<String> response =
        plain(
            kind,
            context -> {
              HttpsRedirectFilter.to("www.example.com")
                  .profile(Profile.DEVELOPMENT)
                  .build()
                  .addTo(context);
              SecurityHeadersFilter.builder(SecurityHeaders.spa())
                  .profile(Profile.DEVELOPMENT)
                  .build()
                  .addTo(context);
            });

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anUpdateRulesTheNextRequest(Container.Kind kind) throws Exception {
    SecurityHeadersFilter filter = SecurityHeadersFilter.builder(SecurityHeaders.api()).build();
    Container container =
        kind.start(
            folder,
            true,
            context -> {
              filter.addTo(context);
              Scenarios.addTo(context);
            });
    try {
      Client client = new Client(container.port());
      filter.update(SecurityHeaders.api(), Map.of("/plain", SecurityHeaders.spa()));

      assertThat(client.get("/plain").headers().allValues(CSP))
          .containsExactly(SecurityHeaders.spa().headers(false, "").get(CSP));
      assertThat(client.get("/no-content").headers().allValues(CSP))
          .containsExactly(SecurityHeaders.api().headers(false, "").get(CSP));
    } finally {
      container.stop();
    }
  }
}
