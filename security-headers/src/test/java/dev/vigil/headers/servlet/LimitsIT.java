package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.headers.SecurityHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What no filter can reach, as the README says; where one of these fails, a container has become
 * better and the README can say less.
 */
class LimitsIT {

  @TempDir Path folder;

  @Test
  void tomcatWithoutADefaultServletAnswersWhatMatchesNothingByItself() throws Exception {
    assertThat(headersOf(Container.Kind.TOMCAT, "/nowhere", 404)).isZero();
  }

  @Test
  void undertowClearsTheResponseOfAnExceptionThatHasNoErrorPage() throws Exception {
    assumeTrue(Container.Kind.ofThisRun().contains(Container.Kind.UNDERTOW), "Tomcat's run");

    assertThat(headersOf(Container.Kind.UNDERTOW, "/exception", 500)).isZero();
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
