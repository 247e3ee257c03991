package dev.vigil.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

  private static URL from() throws MalformedURLException {
    return URI.create("http://host/health?token=x").toURL();
  }

  @ParameterizedTest
  @CsvSource({
    "/health/, true",
    "ready, true",
    "?a=b, true",
    "http://host/x, true",
    "http://HOST:80/x, true",
    "//host/x, true",
    "https://host/health, false",
    "http://host:81/health, false",
    "http://other/health, false",
    "//other/health, false",
    "http://host.other/health, false",
    "http://host@other/health, false"
  })
  void staysWithinTheOrigin(String location, boolean same) throws MalformedURLException {
    URL target = Redirect.target(from(), location);

    assertThat(target).isNotNull();
    assertThat(Redirect.sameOrigin(from(), target)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/", "file:///etc/passwd", "jar:file:x!/", "mailto:a@b", "a b", "http:"})
  void takesNoOtherKindOfTarget(String location) throws MalformedURLException {
    assertThat(Redirect.target(from(), location)).isNull();
  }

  @Test
  void showsNeitherQueryNorCredentials() throws MalformedURLException {
    URL target = Redirect.target(from(), "https://user:pw@other:8443/login?token=x#y");

    assertThat(target).isNotNull();
    assertThat(Redirect.shown(target)).isEqualTo("https://other:8443/login");
  }
}
