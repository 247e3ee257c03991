package dev.vigil.health.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page for people at {@code /health/page}: a document, a style and scripts that are the same
 * for everyone, and {@code page.json}, which they read again and again.
 *
 * <p>Never chosen by {@code Accept}, so that no proxy hands a probe a page or a browser a report.
 */
final class StatusPage {

  private static final String PATH = "/page";
  private static final String FEED = "/page.json";
  private static final String SCRIPT = "text/javascript;charset=utf-8";

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /**
   * Wrong credentials are answered with 403 and not with 401, on which browsers would ask for them
   * in a window of their own, over the page's form.
   */
  static final Refusal REFUSED = Refusal.of(403, "the credentials are not accepted");

  private final Map<String, Route> files;
  private final Map<Disclosure, StatusFeed> feeds = new EnumMap<>(Disclosure.class);

  private StatusPage(Map<String, Route> files) {
    this.files = files;
  }

  /** Reads the files. */
  static StatusPage load(EndpointSettings settings, @Nullable Authoriser authoriser) {
    StatusPage page =
        new StatusPage(
            Map.of(
                PATH,
                file("page.html", "text/html;charset=utf-8"),
                "/page.css",
                file("page.css", "text/css;charset=utf-8"),
                "/page.js",
                file("page.js", SCRIPT),
                "/page-check.js",
                file("page-check.js", SCRIPT),
                "/page-text.js",
                file("page-text.js", SCRIPT)));
    String challenge = authoriser == null ? "" : authoriser.challenge().orElse("");
    List<String> schemes =
        Stream.of("Bearer", "Basic").filter(scheme -> challenge.contains(scheme)).toList();
    for (Disclosure level : Disclosure.values()) {
      page.feeds.put(level, new StatusFeed(settings, level, schemes));
    }
    return page;
  }

  private static Route file(String name, String contentType) {
    byte[] body;
    try (InputStream in = StatusPage.class.getResourceAsStream(name)) {
      body = Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("the status page's " + name + " cannot be read", failure);
    }
    return new Refusal(
        HealthResponse.of(
            200,
            contentType,
            body,
            Map.of(
                "Cache-Control",
                "no-cache", // kept, but asked for again: an upgrade shows at once
                "ETag",
                EntityTag.of(body, body.length),
                "Content-Security-Policy",
                CONTENT_SECURITY_POLICY,
                "Referrer-Policy",
                "no-referrer")));
  }

  /** A file of the page, which holds nothing that is not for everyone; null where there is none. */
  @Nullable Route file(HealthRequest request) {
    Route file = request.path().startsWith(PATH) ? files.get(request.path()) : null;
    return file == null ? null : conditional(file, request);
  }

  /** Whether a path leads to what the page reads. */
  static boolean isFeed(String path) {
    return path.equals(FEED);
  }

  /** What the page reads. */
  Route feed(HealthRequest request, Disclosure level) {
    return conditional(Objects.requireNonNull(feeds.get(level)), request); // load made all
  }

  private static Route conditional(Route route, HealthRequest request) {
    return new Conditional(route, request.header("If-None-Match"));
  }
}
