package dev.vigil.headers;

import java.util.List;

/**
 * The foreign hosts that {@link SecurityHeaders#legacy} lets a page load from.
 *
 * <pre>{@code
 * LegacyHosts.none().scripts("https://cdn.example.com").connections("wss://live.example.com")
 * }</pre>
 *
 * <p>Immutable and thread-safe; checked when the policy is built.
 *
 * @param scripts for {@code script-src}
 * @param styles for {@code style-src}
 * @param fonts for {@code font-src}
 * @param connections for {@code connect-src}
 */
public record LegacyHosts(
    List<String> scripts, List<String> styles, List<String> fonts, List<String> connections) {

  /** Copies the lists. */
  public LegacyHosts {
    scripts = List.copyOf(scripts);
    styles = List.copyOf(styles);
    fonts = List.copyOf(fonts);
    connections = List.copyOf(connections);
  }

  /** No host but the page's own. */
  public static LegacyHosts none() {
    return new LegacyHosts(List.of(), List.of(), List.of(), List.of());
  }

  /** With these hosts for scripts. */
  public LegacyHosts scripts(String... hosts) {
    return new LegacyHosts(List.of(hosts), styles, fonts, connections);
  }

  /** With these hosts for style sheets. */
  public LegacyHosts styles(String... hosts) {
    return new LegacyHosts(scripts, List.of(hosts), fonts, connections);
  }

  /** With these hosts for fonts. */
  public LegacyHosts fonts(String... hosts) {
    return new LegacyHosts(scripts, styles, List.of(hosts), connections);
  }

  /** With these hosts for fetch, XHR and WebSocket connections. */
  public LegacyHosts connections(String... hosts) {
    return new LegacyHosts(scripts, styles, fonts, List.of(hosts));
  }
}
