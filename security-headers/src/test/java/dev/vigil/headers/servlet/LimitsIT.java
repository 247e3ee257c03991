package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.headers.SecurityHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no filter can reach, as the README says; where one of these fails, a container has become
 * better and the README can say less.
 */
class LimitsIT {

  @TempDir Path folder;

  private record Limit(Container.Kind kind, String because, String path, int status) {}

  static List<Limit> limits() {
    return Stream.of(
            new Limit(
                Container.Kind.TOMCAT,
                "without a default servlet it answers what matches nothing before any filter",
                "/nowhere",
                404),
            new Limit(
                Container.Kind.UNDERTOW,
                "without an error page it clears the response of an exception past every filter",
                "/exception",
                500))
        .filter(limit -> Container.Kind.ofThisRun().contains(limit.kind()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("limits")
  void noHeaderOfOursArrives(Limit limit) throws Exception {
    assertThat(headersOf(limit.kind(), limit.path(), limit.status())).isZero();
  }

  private int headersOf(Container.Kind kind, String path, int status) throws Exception {
    SecurityHeadersFilter filter = SecurityHeadersFilter.builder(SecurityHeaders.api()).build();
    Container container =
        kind.start(
            folder,
            false,
            context -> {
              filter.addTo(context);
              Scenarios.addTo(context);
            });
    try {
      HttpResponse<String> response = new Client(container.port()).get(path);

      assertThat(response.statusCode()).isEqualTo(status);
      return Client.of(response, SecurityHeaders.api().headers(false, "").keySet()).size();
    } finally {
      container.stop();
    }
  }
}
