package dev.vigil.examples.service;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthRegistryBuilder;
import dev.vigil.health.HealthResult;
import dev.vigil.health.http.Disclosure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the pictures in {@code health/docs}: {@code mvn verify -pl examples/service -am
 * -Dit.test=StatusPageScreenshotsIT -Dvigil.screenshots=true
 * -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "vigil.screenshots", matches = "true")
class StatusPageScreenshotsIT {

  private static final Path DOCS = Path.of("../../health/docs");

  /** So that the strips have something to show. */
  private static final int SECONDS_OF_HISTORY = 25;

  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicReference<HealthResult> database =
      new AtomicReference<>(HealthResult.healthy().with("active", 2).with("maximum", 8));
  private final AtomicReference<HealthResult> stripe =
      new AtomicReference<>(HealthResult.healthy().with("httpStatus", 200));

  @Test
  void takesThem() throws Exception {
    try (Browser browser = Browser.start()) {
      Looks.size(browser, 1160, 640);
      Looks.scheme(browser, "light");
      try (PageServer server = PageServer.start(shop(false), Disclosure.DETAILS)) {
        open(browser, server, SECONDS_OF_HISTORY);
        shoot(browser, "healthy");
        stripe.set(HealthResult.degraded("answered in 1.4 s, slower than 1 s"));
        settle(browser, "degraded", 12);
        shoot(browser, "degraded");
        Looks.scheme(browser, "dark");
        settle(browser, "degraded", 1);
        shoot(browser, "dark");
      }
      Looks.scheme(browser, "light");
      Looks.size(browser, 1160, 820);
      try (PageServer server = PageServer.start(shop(true), Disclosure.DETAILS)) {
        open(browser, server, 15);
        database.set(HealthResult.unhealthy("no connection within 2 s").with("active", 8));
        settle(browser, "unhealthy", 12);
        browser.run("document.querySelector('.check details').open = true");
        settle(browser, "unhealthy", 2);
        shoot(browser, "unhealthy");
        browser.run("document.querySelector('.check details').open = false");
        Looks.size(browser, 390, 844);
        settle(browser, "unhealthy", 2);
        shoot(browser, "phone");
      }
      Looks.size(browser, 1160, 820);
      try (PageServer server = PageServer.start(StatusPageIT.manyChecks(300), Disclosure.DETAILS)) {
        open(browser, server, 10);
        shoot(browser, "300-checks");
      }
    }
  }

  private HealthRegistry shop(boolean withAHang) {
    HealthRegistryBuilder builder =
        HealthRegistry.builder()
            .version("2.14.0")
            .check("database", c -> after(3, database.get()), c -> c.tags("storage"))
            .check("cache", c -> after(1, HealthResult.healthy()))
            .check("stripe", c -> after(60, stripe.get()), c -> c.notCritical().tags("vendor"))
            .check(
                "memory",
                c ->
                    HealthResult.healthy()
                        .with("memoryUsage", Map.of("used", 412_345_678L, "percent", 38.4)),
                c -> c.inline())
            .check("disk", c -> after(1, HealthResult.healthy()))
            .check("deadlock", c -> HealthResult.healthy(), c -> c.inline());
    if (withAHang) {
      builder.check("search", c -> hang(), c -> c.timeout(ofSeconds(1)));
    }
    return builder.build();
  }

  private HealthResult hang() throws InterruptedException {
    never.await();
    return HealthResult.healthy();
  }

  private HealthResult after(int millis, HealthResult result) throws InterruptedException {
    never.await(millis + System.nanoTime() % (millis + 1), TimeUnit.MILLISECONDS);
    return result;
  }

  private static void open(Browser browser, PageServer server, int seconds) {
    browser.open(server.page());
    await()
        .atMost(ofSeconds(20))
        .until(() -> (boolean) browser.run("return document.querySelector('.check') !== null"));
    await().pollDelay(ofSeconds(seconds)).atMost(ofSeconds(seconds + 5)).until(() -> true);
  }

  private static void settle(Browser browser, String word, int seconds) {
    await()
        .atMost(ofSeconds(20))
        .until(
            () -> browser.run("return document.querySelector('#word').textContent").equals(word));
    await().pollDelay(ofSeconds(seconds)).atMost(ofSeconds(seconds + 5)).until(() -> true);
  }

  private static void shoot(Browser browser, String name) throws Exception {
    Path file = DOCS.resolve("page-" + name + ".png");
    browser.screenshot(file);
    assertThat(Files.size(file)).as(name).isLessThan(150_000);
  }
}
