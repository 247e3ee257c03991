package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's headers as a client gets them, and as OWASP's Secure Headers Project wants them. */
class SecurityHeadersIT {

  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9_-]{22})'");

  private static final String DENIED =
      "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(),"
          + " display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(),"
          + " gyroscope=(), hid=(), idle-detection=(), keyboard-map=(), magnetometer=(),"
          + " microphone=(), midi=(), payment=(), picture-in-picture=(),"
          + " publickey-credentials-get=(), screen-wake-lock=(), serial=(), sync-xhr=(), unload=(),"
          + " usb=(), xr-spatial-tracking=()";

  /** What both answers have in common, which is OWASP's list and three more. */
  private static final Map<String, String> COMMON =
      Map.ofEntries(
          entry("strict-transport-security", "max-age=63072000; includeSubDomains"),
          entry("x-frame-options", "DENY"),
          entry("x-content-type-options", "nosniff"),
          entry("referrer-policy", "no-referrer"),
          entry("permissions-policy", DENIED),
          entry("cross-origin-opener-policy", "same-origin"),
          entry("cross-origin-embedder-policy", "require-corp"),
          entry("cross-origin-resource-policy", "same-origin"),
          entry("x-permitted-cross-domain-policies", "none"),
          entry("x-dns-prefetch-control", "off"),
          entry("cache-control", "no-store, max-age=0"),
          entry("origin-agent-cluster", "?1"),
          entry("x-xss-protection", "0"));

  private static final HttpClient client = HttpClient.newHttpClient();

  private static DemoService demo;

  @BeforeAll
  static void start() throws Exception {
    demo =
        DemoService.start(
            Settings.from(
                Map.of(
                    "PORT", "0", "ADMIN_TOKEN", "demo-token", "PUBLIC_HOST", "www.example.com")));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void thePageHasExactlyTheseHeaders() throws Exception {
    Map<String, String> headers = headers(get("/"));

    assertThat(headers.remove("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'nonce-…' 'strict-dynamic' https: 'unsafe-inline';"
                + " style-src 'self' 'nonce-…'; img-src 'self'; font-src 'self'; connect-src"
                + " 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script';"
                + " report-uri /csp-reports; report-to csp");
    assertThat(headers.remove("reporting-endpoints")).isEqualTo("csp=\"/csp-reports\"");
    assertThat(headers.remove("content-type")).isEqualTo("text/html;charset=utf-8");
    assertThat(headers).containsExactlyInAnyOrderEntriesOf(COMMON);
  }

  @Test
  void theOrdersHaveExactlyTheseHeaders() throws Exception {
    Map<String, String> headers = headers(get("/api/orders"));

    assertThat(headers.remove("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(headers.remove("content-type")).isEqualTo("application/json");
    assertThat(headers.remove("ratelimit")).startsWith("\"api\";r=");
    assertThat(headers.remove("ratelimit-policy")).startsWith("\"api\";q=");
    assertThat(headers).containsExactlyInAnyOrderEntriesOf(COMMON);
  }

  /** The list of 2026-07-19; Clear-Site-Data is for signing out, which the demo has not. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/orders"})
  void whatOwaspRecommendsIsThereAndWhatItWantsGoneIsNot(String path) throws Exception {
    Map<String, String> headers = headers(get(path));

    assertThat(headers)
        .contains(
            entry("cache-control", "no-store, max-age=0"),
            entry("cross-origin-embedder-policy", "require-corp"),
            entry("cross-origin-opener-policy", "same-origin"),
            entry("cross-origin-resource-policy", "same-origin"),
            entry("referrer-policy", "no-referrer"),
            entry("strict-transport-security", "max-age=63072000; includeSubDomains"),
            entry("x-content-type-options", "nosniff"),
            entry("x-dns-prefetch-control", "off"),
            entry("x-permitted-cross-domain-policies", "none"));
    assertThat(headers.get("x-frame-options")).isEqualToIgnoringCase("deny");
    assertThat(headers.get("permissions-policy").split(", ")).contains(DENIED.split(", "));
    Map<String, String> csp = directives(headers.get("content-security-policy"));
    assertThat(csp.get("default-src")).isIn("'none'", "'self'");
    assertThat(csp.get("form-action")).isIn("'none'", "'self'");
    assertThat(csp.get("base-uri")).isIn("'none'", "'self'");
    assertThat(csp.getOrDefault("object-src", csp.get("default-src"))).isEqualTo("'none'");
    assertThat(csp).containsEntry("frame-ancestors", "'none'");
    assertThat(headers)
        .doesNotContainKeys("server", "x-powered-by", "x-generator", "sourcemap", "x-framework");
  }

  @Test
  void everyPageHasANonceOfItsOwnAndItsScriptCarriesIt() throws Exception {
    HttpResponse<String> first = get("/");
    HttpResponse<String> second = get("/");

    assertThat(first.body()).contains("<script nonce=\"" + nonce(first) + "\">");
    assertThat(nonce(second)).isNotEqualTo(nonce(first));
    assertThat(first.body()).doesNotContain("cspNonce");
  }

  @Test
  void cachingFollowsThePath() throws Exception {
    assertThat(headers(get("/api/items")))
        .containsEntry("cache-control", "s-maxage=60, stale-while-revalidate");
    assertThat(headers(get("/assets/orders-1.css")))
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    HttpResponse<String> missing = get("/assets/orders-0.css");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  @Test
  void healthKeepsItsOwnHeadersAndHasTheOthersToo() throws Exception {
    Map<String, String> headers = headers(get("/health/live"));

    assertThat(headers)
        .contains(
            entry("cache-control", "no-store"),
            entry("vary", "Accept"),
            entry("x-content-type-options", "nosniff"))
        .containsEntry("x-frame-options", "DENY");
  }

  @Test
  void plainRequestsAreSentToThePublicHostAndHealthIsNot() throws Exception {
    HttpResponse<String> plain = send(request("/api/orders?a=b"));

    assertThat(plain.statusCode()).isEqualTo(308);
    assertThat(plain.headers().map())
        .containsEntry("location", List.of("https://www.example.com/api/orders?a=b"))
        .doesNotContainKey("strict-transport-security");
    HttpResponse<String> health = send(request("/health/live"));
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.headers().map()).doesNotContainKey("strict-transport-security");
  }

  @Test
  void reportsAreTaken() throws Exception {
    HttpResponse<String> response =
        send(
            request("/csp-reports")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/csp-report")
                .POST(
                    BodyPublishers.ofString(
                        "{\"csp-report\":{\"effective-directive\":\"script-src\","
                            + "\"blocked-uri\":\"inline\",\"document-uri\":\"https://a.example/\"}}")));

    assertThat(response.statusCode()).isEqualTo(204);
  }

  @Test
  void aPublicHostThatIsNoneIsRefused() {
    for (String host : new String[] {"https://a.example", "a.example/x", "me@a.example", "a b"}) {
      assertThatThrownBy(() -> Settings.from(Map.of("PUBLIC_HOST", host)))
          .hasMessage(
              "PUBLIC_HOST must be a host like www.example.com, or with a port, but was " + host);
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + demo.port() + path));
  }

  /** As through a proxy that ends TLS; the demo trusts loopback. */
  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path).header("X-Forwarded-Proto", "https"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** All headers, each of which comes once, less what differs from answer to answer. */
  private static Map<String, String> headers(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, String> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              assertThat(values).as(name).hasSize(1);
              headers.put(
                  name.toLowerCase(Locale.ROOT),
                  NONCE.matcher(values.get(0)).replaceAll("'nonce-…'"));
            });
    headers.keySet().removeAll(Set.of("date", "content-length", "transfer-encoding"));
    assertThat(headers.remove("x-request-id")).matches("[0-9a-f]{32}");
    return headers;
  }

  private static String nonce(HttpResponse<String> page) {
    Matcher nonce = NONCE.matcher(page.headers().firstValue("Content-Security-Policy").orElse(""));
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  private static Map<String, String> directives(String csp) {
    Map<String, String> directives = new LinkedHashMap<>();
    for (String directive : csp.split("; ")) {
      String[] parts = directive.split(" ", 2);
      directives.put(parts[0], parts.length < 2 ? "" : parts[1]);
    }
    return directives;
  }
}
