package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.headers.SecurityHeaders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nonces, policies by path, overrides, removal and caching, on the wire of every container. */
class NonceIT {

  private static final String CSP = "Content-Security-Policy";
  private static final SecurityHeaders PAGE =
      SecurityHeaders.strict().toBuilder().remove("X-Powered-By").build();
  private static final SecurityHeaders ASSETS =
      SecurityHeaders.spa().toBuilder().cacheControl("public, max-age=31536000, immutable").build();
  private static final SecurityHeaders EMBEDDED =
      SecurityHeaders.api().toBuilder()
          .csp(csp -> csp.frameAncestors(src -> src.host("https://partner.example")))
          .build();

  private static final Map<Container.Kind, Container> RUNNING = new EnumMap<>(Container.Kind.class);
  private static final Map<Container.Kind, SecurityHeadersFilter> FILTERS =
      new EnumMap<>(Container.Kind.class);

  @TempDir static Path folder;

  @BeforeAll
  static void startContainers() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("page.html"), "<p>a page");
    Files.createDirectory(files.resolve("assets"));
    Files.writeString(files.resolve("assets/app.js"), "1");
    for (Container.Kind kind : Container.Kind.ofThisRun()) {
      SecurityHeadersFilter filter =
          SecurityHeadersFilter.builder(PAGE)
              .path("/assets/*", ASSETS)
              .path("/plain", SecurityHeaders.api())
              .build();
      FILTERS.put(kind, filter);
      RUNNING.put(
          kind,
          kind.start(
              files,
              true,
              context -> {
                FilterRegistration.Dynamic early =
                    context.addFilter(
                        "early",
                        (Filter)
                            (request, response, chain) -> {
                              response.flushBuffer();
                              chain.doFilter(request, response);
                            });
                early.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST), false, "/too-late");
                filter.addTo(context);
                Scenarios.addTo(context);
                Scenarios.add(
                    context,
                    "/too-late",
                    (request, response) -> {
                      try {
                        response.getWriter().write(CspNonce.of(request).value());
                      } catch (IllegalStateException e) {
                        response.getWriter().write(e.getMessage());
                      }
                    });
                Scenarios.add(
                    context,
                    "/assets/none",
                    (request, response) -> {
                      try {
                        response.getWriter().write("" + request.getAttribute(CspNonce.ATTRIBUTE));
                      } catch (IllegalStateException e) {
                        response.getWriter().write(e.getMessage());
                      }
                    });
                Scenarios.add(
                    context,
                    "/override",
                    (request, response) -> {
                      response.setHeader("Referrer-Policy", "origin");
                      filter.use(request, response, EMBEDDED);
                      response.getWriter().write("embedded");
                    });
                Scenarios.add(
                    context,
                    "/override-late",
                    (request, response) -> {
                      response.flushBuffer();
                      try {
                        filter.use(request, response, EMBEDDED);
                      } catch (IllegalStateException e) {
                        response.getWriter().write(e.getMessage());
                      }
                    });
                Scenarios.add(
                    context, "/assets/missing", (request, response) -> response.sendError(404));
                Scenarios.add(
                    context,
                    "/assets/broken",
                    (request, response) -> {
                      throw new IllegalStateException("on purpose");
                    });
              }));
    }
  }

  @AfterAll
  static void stopContainers() throws Exception {
    for (Container container : RUNNING.values()) {
      container.stop();
    }
  }

  static List<Container.Kind> kinds() {
    return Container.Kind.ofThisRun();
  }

  private static HttpResponse<String> get(Container.Kind kind, String path, String... headers)
      throws Exception {
    return new Client(RUNNING.get(kind).port()).get(path, headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return String.join(" AND ", response.headers().allValues(name));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyRequestHasANonceOfItsOwnInHeaderAndPage(Container.Kind kind) throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = get(kind, "/nonce");
      String nonce = response.body().substring(0, 22);
      seen.add(nonce);

      assertThat(response.body()).isEqualTo(nonce + " " + nonce);
      assertThat(header(response, CSP))
          .isEqualTo(PAGE.headers(false, nonce).get(CSP))
          .contains("'nonce-" + nonce + "'");
      assertThat(header(response, "Cache-Control")).isEqualTo("no-store, max-age=0");
    }
    assertThat(seen).hasSize(20);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aForwardKeepsTheNonce(Container.Kind kind) throws Exception {
    HttpResponse<String> response = get(kind, "/nonce-in-forward");

    assertThat(header(response, CSP)).contains("'nonce-" + response.body().substring(0, 22) + "'");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a304DropsThePolicyThatHoldsANonceAndKeepsTheRest(Container.Kind kind) throws Exception {
    for (String path : List.of("/not-modified", "/not-modified-error")) {
      HttpResponse<String> response = get(kind, path);

      assertThat(response.statusCode()).isEqualTo(304);
      assertThat(header(response, CSP)).isEmpty();
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a304OfAStaticFileDropsItToo(Container.Kind kind) throws Exception {
    HttpResponse<String> first = get(kind, "/page.html");
    String modified = header(first, "Last-Modified");
    assertThat(header(first, CSP)).contains("'nonce-");

    HttpResponse<String> second = get(kind, "/page.html", "If-Modified-Since", modified);

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(header(second, CSP)).isEmpty();
    assertThat(header(second, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPathWithoutANonceSaysSo(Container.Kind kind) throws Exception {
    assertThat(get(kind, "/assets/none").body())
        .isEqualTo(
            "the policy of this path uses no nonce; give the path a policy with scriptSrc(src ->"
                + " src.nonce()), SecurityHeaders.strict() for example");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aResponseCommittedBeforeIsCountedAndNeverThrownAt(Container.Kind kind) throws Exception {
    long before = FILTERS.get(kind).committedBefore();

    HttpResponse<String> response = get(kind, "/too-late");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "the response was committed before SecurityHeadersFilter could send a nonce; put the"
                + " filter before whatever commits it");
    assertThat(FILTERS.get(kind).committedBefore()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachPathHasItsPolicyInEverySpelling(Container.Kind kind) throws Exception {
    assertThat(header(get(kind, "/assets/app.js"), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(get(kind, "/assets/./app.js;v=1"), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(get(kind, "/plain"), CSP))
        .isEqualTo(SecurityHeaders.api().headers(false, "").get(CSP));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anErrorIsNotStoredForAsLongAsTheFile(Container.Kind kind) throws Exception {
    for (String path : List.of("/assets/missing", "/assets/broken", "/assets/nowhere.js")) {
      assertThat(header(get(kind, path), "Cache-Control"))
          .describedAs(path)
          .contains("no-store")
          .doesNotContain("immutable");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aHandlerGivesItsAnswerAnotherPolicy(Container.Kind kind) throws Exception {
    HttpResponse<String> response = get(kind, "/override");

    assertThat(response.body()).isEqualTo("embedded");
    assertThat(header(response, CSP)).isEqualTo(EMBEDDED.headers(false, "").get(CSP));
    assertThat(header(response, "X-Frame-Options")).isEmpty();
    assertThat(header(response, "Cross-Origin-Embedder-Policy")).isEqualTo("require-corp");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("origin");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anOverrideThatComesTooLateSaysSo(Container.Kind kind) throws Exception {
    assertThat(get(kind, "/override-late").body())
        .isEqualTo("the response is committed; call use(..) before its body begins");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void removedHeadersDoNotGoOut(Container.Kind kind) throws Exception {
    HttpResponse<String> response = get(kind, "/removed");

    assertThat(response.body()).isEqualTo("removed");
    assertThat(header(response, "X-Powered-By")).isEmpty();
  }
}
