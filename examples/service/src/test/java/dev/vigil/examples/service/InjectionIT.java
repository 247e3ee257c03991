package dev.vigil.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/**
 * The page in a real Chromium: its own script runs, what someone else puts into it does not.
 *
 * <p>The injection is served as an attacker would have it: a server in between writes it into the
 * demo's page and hands on the demo's own headers.
 */
class InjectionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String INJECTED =
      """
      <script>window.ran = ['script'];</script>
      <img src="/none" onerror="(window.ran ||= []).push('handler')">
      <a id="trap" href="javascript:void (window.ran ||= []).push('link')">free books</a>
      """;

  /** What Chromium posted by itself, and the demo's answer. */
  private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

  private static DemoService demo;
  private static HttpServer attacker;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    demo = DemoService.start(Settings.from(Map.of("PORT", "0", "ADMIN_TOKEN", "demo-token")));
    attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    attacker.createContext("/", exchange -> injecting(exchange, true));
    attacker.createContext("/bare", exchange -> injecting(exchange, false));
    attacker.createContext("/csp-reports", InjectionIT::handOn);
    attacker.createContext("/none", InjectionIT::missing);
    attacker.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (demo != null) {
      attacker.stop(0);
      demo.close();
    }
  }

  @BeforeEach
  void forgetEarlierComplaints() {
    browser.complaints();
  }

  @Test
  void thePagesOwnScriptPlacesAndListsOrdersAndTheConsoleIsSilent() {
    browser.open("http://localhost:" + demo.port() + "/");

    browser.driver().findElement(By.id("item")).sendKeys("<b>a book</b>");
    browser.driver().findElement(By.tagName("button")).click();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text("#orders")).contains("1 × <b>a book</b>"));
    assertThat(browser.run("return document.querySelectorAll('#items option').length"))
        .isEqualTo(3L);
    assertThat(text("#said")).isEmpty();
    assertThat(browser.run("return getComputedStyle(document.querySelector('form')).display"))
        .as("the style sheet is applied")
        .isEqualTo("flex");
    assertThat(browser.run("return window.crossOriginIsolated")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void injectedScriptHandlerAndLinkDoNotRun() {
    browser.open(attackers("/"));
    browser.run("document.getElementById('trap').click()");

    List<String> complaints = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              complaints.addAll(browser.complaints());
              assertThat(complaints)
                  .anyMatch(said -> violates(said, "inline script"))
                  .anyMatch(said -> violates(said, "inline event handler"))
                  .anyMatch(said -> violates(said, "JavaScript URL"));
            });
    assertThat(browser.run("return window.ran")).isNull();
    assertThat(text("h1")).isEqualTo("Orders");
  }

  @Test
  void theBrowserReportsWhatItStoppedAndTheEndpointTakesIt() {
    browser.open(attackers("/"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(REPORTS)
                    .anyMatch(
                        report ->
                            report.contains("script-src-elem") && report.endsWith("answered 204")));
  }

  @Test
  void textDoesNotBecomeHtml() {
    browser.open("http://localhost:" + demo.port() + "/");

    Object refusal =
        browser.run(
            """
            try {
              document.body.innerHTML = "<img src=/none onerror='window.ran = 1'>";
              return "taken";
            } catch (e) {
              return e.name;
            }
            """);

    assertThat(refusal).isEqualTo("TypeError");
    assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo(0L);
    assertThat(browser.complaints()).anyMatch(said -> said.contains("TrustedHTML"));
  }

  /** Trusted Types are Chromium's; elsewhere the CSP alone has to stop the handler. */
  @Test
  void aHandlerInTrustedHtmlDoesNotRunEither() {
    browser.open("http://localhost:" + demo.port() + "/");

    browser.run(
        """
        document.addEventListener("securitypolicyviolation",
            event => window.stopped = event.effectiveDirective);
        const careless = trustedTypes.createPolicy("careless", { createHTML: text => text });
        const box = document.createElement("div");
        box.innerHTML = careless.createHTML("<img src=/none onerror='window.ran = 1'>");
        document.body.append(box);
        """);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(browser.run("return window.stopped")).isEqualTo("script-src-attr"));
    assertThat(browser.run("return window.ran")).isNull();
  }

  @Test
  void allOfItRunsWithoutTheHeaders() {
    browser.open(attackers("/bare"));
    browser.run("document.getElementById('trap').click()");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat((List<?>) browser.run("return window.ran"))
                    .hasSize(3)
                    .asString()
                    .contains("script", "handler", "link"));
  }

  private static boolean violates(String complaint, String what) {
    return complaint.contains(what) && complaint.contains("Content Security Policy");
  }

  private static String text(String selector) {
    return browser.driver().findElement(By.cssSelector(selector)).getText();
  }

  private static String attackers(String path) {
    return "http://localhost:" + attacker.getAddress().getPort() + path;
  }

  private static void injecting(HttpExchange exchange, boolean withHeaders) throws IOException {
    try (exchange) {
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + demo.port() + "/"))
                      .build(),
                  BodyHandlers.ofString());
      if (withHeaders) {
        Set<String> framing = Set.of("content-length", "date");
        page.headers().map().entrySet().stream()
            .filter(header -> !framing.contains(header.getKey()))
            .forEach(
                header -> exchange.getResponseHeaders().put(header.getKey(), header.getValue()));
      } else {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      }
      byte[] body =
          page.body().replace("</main>", INJECTED + "</main>").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] report = exchange.getRequestBody().readAllBytes();
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://localhost:" + demo.port() + "/csp-reports"))
                      .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                      .POST(HttpRequest.BodyPublishers.ofByteArray(report))
                      .build(),
                  BodyHandlers.discarding());
      REPORTS.add(new String(report, StandardCharsets.UTF_8) + " answered " + answer.statusCode());
      exchange.sendResponseHeaders(answer.statusCode(), -1);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void missing(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(404, -1);
    }
  }
}
