package dev.vigil.examples.service;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthRegistryBuilder;
import dev.vigil.health.HealthResult;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.http.AdminServer;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthHttpHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The status page as people use it: in a real browser, on real servers that break and mend. */
class StatusPageIT {

  private static final String TOKEN = "page-token-for-tests";

  /** The 3 s in which a failure has to show, five-fold for a busy machine. */
  private static final Duration SHOWS = ofSeconds(15);

  private static final Duration RECOVERS = ofSeconds(30);

  private static Browser browser;
  private static DemoService demo;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    demo =
        DemoService.start(
            Settings.from(
                Map.of("PORT", "0", "ADMIN_TOKEN", TOKEN, "VIGIL_PROFILE", "production")));
  }

  @AfterAll
  static void stop() {
    if (demo != null) {
      demo.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void anEmptyConsole() {
    browser.open("about:blank");
    browser.complaints();
  }

  @Test
  void showsABrokenDatabaseAndItsRecovery() throws Exception {
    openSignedIn(demo.port());
    eventually(RECOVERS, () -> assertThat(word()).isEqualTo("healthy"));
    assertThat(names()).contains("database", "cache", "stripe", "memory", "disk", "deadlock");

    demo.database().broken(true);
    long begin = System.nanoTime();
    eventually(SHOWS, () -> assertThat(line("database")).contains("unhealthy"));
    System.out.printf(
        "database broken: the page showed it after %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    assertThat(word()).isEqualTo("unhealthy");
    assertThat(names().get(0)).isEqualTo("database");
    assertThat(text("#news")).contains("database is unhealthy");

    demo.database().broken(false);
    eventually(RECOVERS, () -> assertThat(word()).isEqualTo("healthy"));
    one(".check details").click();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsAFailureWithinThreeSecondsBehindStrictHeaders() throws Exception {
    AtomicReference<HealthResult> result = new AtomicReference<>(HealthResult.healthy());
    HealthRegistry registry =
        HealthRegistry.builder()
            .check("queue", c -> result.get(), c -> c.inline())
            .check("other", c -> HealthResult.healthy(), c -> c.inline())
            .build();
    try (PageServer server = PageServer.start(registry, Disclosure.CHECKS)) {
      browser.open(server.page());
      eventually(RECOVERS, () -> assertThat(word()).isEqualTo("healthy"));

      result.set(HealthResult.unhealthy("full"));
      long begin = System.nanoTime();
      eventually(SHOWS, () -> assertThat(word()).isEqualTo("unhealthy"));
      System.out.printf(
          "check failed: the page showed it after %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));

      assertThat(line("queue")).contains("unhealthy").doesNotContain("full");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void showsADrillAndThatItIsOne() throws Exception {
    HealthRegistry registry =
        HealthRegistry.builder()
            .check("queue", c -> HealthResult.healthy(), c -> c.inline())
            .check("other", c -> HealthResult.healthy(), c -> c.inline())
            .build();
    try (PageServer server = PageServer.start(registry, Disclosure.DETAILS)) {
      browser.open(server.page());
      eventually(RECOVERS, () -> assertThat(word()).isEqualTo("healthy"));

      registry.drill("queue", HealthStatus.UNHEALTHY, Duration.ofMinutes(5), "alice");

      eventually(SHOWS, () -> assertThat(word()).isEqualTo("unhealthy (DRILL)"));
      assertThat(line("queue")).contains("unhealthy").containsIgnoringCase("drill");
      assertThat(line("other")).contains("healthy").doesNotContainIgnoringCase("drill");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void showsTheAnonymousTheOverallWordUntilTheySignIn() {
    browser.open(page(demo.adminPort()));
    eventually(
        RECOVERS,
        () -> assertThat(text("#nothing")).contains("Without signing in, only the overall"));
    assertThat(names()).isEmpty();

    signInByToken("wrong");
    eventually(SHOWS, () -> assertThat(text("#refused")).contains("not accepted"));
    assertThat(browser.complaints()).allMatch(line -> line.contains("403"));

    one("#token").clear();
    one("#token").sendKeys(TOKEN, Keys.ENTER);
    eventually(SHOWS, () -> assertThat(names()).contains("database"));
    assertThat(text("#facts")).contains("version 0.1.0");
    assertThat(browser.run("return sessionStorage.length + localStorage.length")).isEqualTo(0L);
    assertThat(one("#dialog").isDisplayed()).isFalse();

    one("#sign-in").click(); // now signs out
    eventually(SHOWS, () -> assertThat(names()).isEmpty());
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void signsInByPassword() throws Exception {
    HealthRegistry registry = manyChecks(3);
    try (PageServer server = PageServer.start(registry, Disclosure.STATUS)) {
      browser.open(server.page());
      eventually(SHOWS, () -> assertThat(one("#sign-in").isDisplayed()).isTrue());
      one("#sign-in").click();
      assertThat(one("#by-token").isDisplayed()).isFalse();
      one("#user").sendKeys(PageServer.USER);
      one("#password").sendKeys(PageServer.PASSWORD, Keys.ENTER);

      eventually(SHOWS, () -> assertThat(names()).hasSize(3));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void showsTheWorstOfManyFirstAndFilters() throws Exception {
    try (PageServer server = PageServer.start(manyChecks(300), Disclosure.DETAILS)) {
      browser.open(server.page());
      eventually(RECOVERS, () -> assertThat(names()).hasSize(300));
      assertThat(one("#sign-in").isDisplayed()).as("there is no more to see").isFalse();
      assertThat(names().subList(0, 4))
          .containsExactly("tenant-100", "tenant-200", "tenant-300", "tenant-50");

      one("#filter").sendKeys("TENANT-10");
      assertThat(names()).hasSize(11).startsWith("tenant-100", "tenant-10");
      assertThat(text("#count")).isEqualTo("11 of 300 checks shown");
      one("[data-show='unhealthy']").sendKeys(Keys.SPACE);
      assertThat(names()).containsExactly("tenant-100");
      assertThat(one("[data-show='unhealthy']").getAttribute("aria-pressed")).isEqualTo("true");
      one("#filter").sendKeys(Keys.ESCAPE);
      assertThat(names()).containsExactly("tenant-100", "tenant-200", "tenant-300");
      one("#filter").sendKeys("nobody");
      assertThat(text("#nothing")).isEqualTo("No check fits the filter.");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void neverTakesTextForMarkup() throws Exception {
    HealthRegistry registry =
        HealthRegistry.builder()
            .check(
                "hostile",
                c ->
                    HealthResult.unhealthy("<img src=x onerror=alert(1)>")
                        .with("<b>key</b>", "<script>alert(2)</script>"),
                c -> c.inline())
            .build();
    try (PageServer server = PageServer.start(registry, Disclosure.DETAILS)) {
      browser.open(server.page());
      eventually(SHOWS, () -> assertThat(names()).hasSize(1));
      one("summary").sendKeys(Keys.ENTER);

      eventually(
          SHOWS,
          () ->
              assertThat(line("hostile"))
                  .contains("<img src=x onerror=alert(1)>", "<b>key</b>", "<script>alert(2)"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void saysWhenContactIsLostAndWhenItIsBack() {
    HealthRegistry registry = manyChecks(3);
    registry.started();
    Map<String, HealthHttpHandler> handlers =
        Map.of(
            "/health",
            HealthHttpHandler.of(
                HealthEndpoint.builder(registry).disclosure(Disclosure.CHECKS).build()));
    AdminServer server = AdminServer.start(0, handlers);
    int port = server.port();
    browser.open(page(port));
    eventually(RECOVERS, () -> assertThat(names()).hasSize(3));
    assertThat(one("#lost").isDisplayed()).isFalse();

    server.close();
    eventually(SHOWS, () -> assertThat(text("#lost")).contains("Contact lost", "Trying again"));
    assertThat(text("#news")).contains("Contact lost");
    assertThat(browser.driver().getTitle()).startsWith("contact lost");

    try (AdminServer again = AdminServer.start(port, handlers)) {
      assertThat(again.port()).isEqualTo(port);
      eventually(RECOVERS, () -> assertThat(one("#lost").isDisplayed()).isFalse());
      assertThat(text("#news")).contains("In contact again");
    }
    registry.close();
  }

  @Test
  void isAccessible() throws Exception {
    openSignedIn(demo.port());
    eventually(RECOVERS, () -> assertThat(names()).hasSizeGreaterThan(5));
    one(".check details").click();
    assertThat(Axe.violations(browser)).isEmpty();
    one("#sign-in").click(); // out
    eventually(SHOWS, () -> assertThat(names()).isEmpty());
    assertThat(Axe.violations(browser)).isEmpty();
    one("#sign-in").click();
    assertThat(Axe.violations(browser)).isEmpty();

    try (PageServer server = PageServer.start(manyChecks(60), Disclosure.DETAILS)) {
      for (String scheme : List.of("light", "dark")) {
        Looks.scheme(browser, scheme);
        browser.open(server.page());
        eventually(RECOVERS, () -> assertThat(names()).hasSize(60));
        one(".check details").click();
        assertThat(Axe.violations(browser)).as(scheme).isEmpty();
      }
      Looks.size(browser, 360, 740);
      assertThat(Axe.violations(browser)).as("phone").isEmpty();
      assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
          .as("nothing is wider than a phone")
          .isEqualTo(true);

      browser.run("document.querySelector('label[for=filter]').remove()");
      browser.run("document.getElementById('filter').placeholder = ''");
      assertThat(Axe.violations(browser)).as("what axe has to find").hasSize(1);
    } finally {
      Looks.reset(browser);
    }
  }

  /** One in a hundred unhealthy, one in a hundred degraded, with all that a check may say. */
  static HealthRegistry manyChecks(int count) {
    HealthRegistryBuilder builder = HealthRegistry.builder().version("2.14.0");
    for (int i = 1; i <= count; i++) {
      HealthResult result =
          i % 100 == 0
              ? HealthResult.unhealthy("connection refused")
              : i % 50 == 0
                  ? HealthResult.degraded("replication lags 41 s behind").with("lagSeconds", 41)
                  : HealthResult.healthy();
      builder.check("tenant-" + i, c -> result, c -> c.inline().tags("ledger"));
    }
    return builder.build();
  }

  private static String page(int port) {
    return "http://localhost:" + port + "/health/page";
  }

  private static void openSignedIn(int port) {
    browser.open(page(port));
    signInByToken(TOKEN);
    eventually(SHOWS, () -> assertThat(names()).isNotEmpty());
  }

  private static void signInByToken(String token) {
    eventually(SHOWS, () -> assertThat(one("#sign-in").isDisplayed()).isTrue());
    one("#sign-in").click();
    one("#token").sendKeys(token, Keys.ENTER);
  }

  private static void eventually(Duration limit, Runnable assertion) {
    await().atMost(limit).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion::run);
  }

  private static WebElement one(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static String text(String selector) {
    return (String) browser.run("return document.querySelector(\"" + selector + "\").textContent");
  }

  private static String word() {
    return text("#word");
  }

  /** What one check's line says. */
  private static String line(String check) {
    return (String)
        browser.run(
            "return [...document.querySelectorAll('.check')].find(one =>"
                + " one.querySelector('.name').textContent === '"
                + check
                + "').textContent");
  }

  /** The checks that are shown, in their order. */
  @SuppressWarnings("unchecked")
  private static List<String> names() {
    return (List<String>)
        browser.run(
            "return [...document.querySelectorAll('.check:not([hidden])"
                + " .name')].map(name => name.textContent)");
  }
}
