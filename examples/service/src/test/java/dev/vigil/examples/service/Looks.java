package dev.vigil.examples.service;

import java.util.List;
import java.util.Map;

/** How a browser is set to look at a page; DevTools commands of Chromium. */
final class Looks {

  private Looks() {}

  /**
   * @param scheme light or dark
   */
  static void scheme(Browser browser, String scheme) {
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  static void size(Browser browser, int width, int height) {
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  static void reset(Browser browser) {
    scheme(browser, "");
    browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }
}
