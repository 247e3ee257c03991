package dev.vigil.metrics.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.vigil.metrics.http.RequestMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to register beside building and adding, in real containers. */
class RegistrationIT {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @TempDir Path folder;

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private static FilterRegistration.Dynamic map(ServletContext context) {
    FilterRegistration.Dynamic registration =
        context.addFilter("metrics", RequestMetricsFilter.class);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
    return registration;
  }

  private void serve(Container.Kind kind, Container.Application application, String... paths)
      throws Exception {
    Container container =
        kind.start(
            folder,
            context -> {
              application.start(context);
              Scenarios.addTo(context);
            });
    try {
      for (String path : paths) {
        Talk.get(container.port(), path);
      }
    } finally {
      container.stopping().stop();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byAnAttributeThatHoldsTheMetrics(Container.Kind kind) throws Exception {
    serve(
        kind,
        context -> {
          context.setAttribute(RequestMetricsFilter.ATTRIBUTE, RequestMetrics.of(registry));
          map(context);
        },
        "/plain",
        "/unsupported");

    await()
        .untilAsserted(
            () ->
                assertThat(Talk.counts(registry))
                    .containsOnlyKeys(
                        "GET /plain 200 SUCCESS none",
                        "GET /unsupported 500 SERVER_ERROR UnsupportedOperationException"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byInitParametersWithTheRegistryAsAnAttribute(Container.Kind kind) throws Exception {
    serve(
        kind,
        context -> {
          context.setAttribute(RequestMetricsFilter.REGISTRY_ATTRIBUTE, registry);
          FilterRegistration.Dynamic registration = map(context);
          registration.setInitParameter("max-uris", " 1 ");
          registration.setInitParameter("histogram", "true");
        },
        "/there/1",
        "/there/2");

    await()
        .untilAsserted(
            () ->
                assertThat(Talk.counts(registry))
                    .containsOnlyKeys(
                        "GET /there/1 200 SUCCESS none", "GET other 200 SUCCESS none"));
    assertThat(
            registry
                .get(RequestMetrics.METER)
                .tag("uri", "other")
                .timer()
                .takeSnapshot()
                .histogramCounts())
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void byNothingAtAllInMicrometersGlobalRegistry(Container.Kind kind) throws Exception {
    Metrics.addRegistry(registry);
    try {
      serve(kind, RegistrationIT::map, "/plain");

      await()
          .untilAsserted(
              () ->
                  assertThat(Talk.counts(registry))
                      .containsOnlyKeys("GET /plain 200 SUCCESS none"));
    } finally {
      Metrics.removeRegistry(registry);
      Metrics.globalRegistry.clear();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-urls | 7 | unknown init-param \"max-urls\"; did you mean max-uris?",
        "buckets | 7 | unknown init-param \"buckets\"; there are max-uris, histogram",
        "max-uris | many | init-param max-uris must be a whole number but was \"many\"",
        "max-uris | -7 | maxUris must be between 0 and 10000 but was -7",
        "histogram | yes | init-param histogram must be true or false but was \"yes\"",
      })
  void refusesWhatItDoesNotKnow(String name, String value, String fault) {
    assertThatThrownBy(() -> new RequestMetricsFilter().init(new OneParameter(name, value)))
        .isInstanceOf(ServletException.class)
        .hasMessage("filter metrics: " + fault);
  }
}
