package dev.vigil.examples.healthonly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthOnlyTest {

  @Test
  void servesHealthWithNothingButTheJdk() throws Exception {
    try (HealthOnly program = HealthOnly.start(0)) {
      HttpResponse<String> whole = get(program, "/health");
      HttpResponse<String> ready = get(program, "/health/ready");

      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).contains("\"status\":\"");
      assertThat(ready.statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(HealthOnly program, String path) throws Exception {
    URI uri = URI.create("http://localhost:" + program.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
