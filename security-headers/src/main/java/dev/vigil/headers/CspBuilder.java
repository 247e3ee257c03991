package dev.vigil.headers;

import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link ContentSecurityPolicy} directive by directive. A directive replaces what the
 * policy had under its name before, and may be given once; what is wrong is told when the policy is
 * built, all at once.
 *
 * <pre>{@code
 * SecurityHeaders page =
 *     SecurityHeaders.strict().toBuilder()
 *         .csp(csp -> csp.imgSrc(src -> src.self().host("https://cdn.example.com")))
 *         .build();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class CspBuilder {

  private final Map<String, Directive> directives = new LinkedHashMap<>();
  private final Set<String> given = new LinkedHashSet<>();
  private final List<String> twice = new ArrayList<>();

  CspBuilder() {}

  CspBuilder(List<Directive> start) {
    start.forEach(directive -> directives.put(directive.name(), directive));
  }

  static CspBuilder read(String text) {
    CspBuilder builder = new CspBuilder();
    for (String piece : Objects.requireNonNull(text, "text").split(";", -1)) {
      String[] words = strip(piece).split("[ \\t]+", -1);
      if (!words[0].isEmpty()) {
        builder.directive(words[0], java.util.Arrays.copyOfRange(words, 1, words.length));
      }
    }
    return builder;
  }

  /** Blanks alone: a line feed at the end is no blank but the start of a forged header. */
  private static String strip(String text) {
    return text.replaceAll("^[ \\t]+|[ \\t]+$", "");
  }

  /** Everything that has no directive of its own. */
  public CspBuilder defaultSrc(Consumer<Sources> sources) {
    return sources("default-src", sources);
  }

  /** Scripts. */
  public CspBuilder scriptSrc(Consumer<Sources> sources) {
    return sources("script-src", sources);
  }

  /** {@code <script>} elements. */
  public CspBuilder scriptSrcElem(Consumer<Sources> sources) {
    return sources("script-src-elem", sources);
  }

  /** Inline event handlers. */
  public CspBuilder scriptSrcAttr(Consumer<Sources> sources) {
    return sources("script-src-attr", sources);
  }

  /** Style sheets. */
  public CspBuilder styleSrc(Consumer<Sources> sources) {
    return sources("style-src", sources);
  }

  /** {@code <style>} elements and linked sheets. */
  public CspBuilder styleSrcElem(Consumer<Sources> sources) {
    return sources("style-src-elem", sources);
  }

  /** {@code style} attributes. */
  public CspBuilder styleSrcAttr(Consumer<Sources> sources) {
    return sources("style-src-attr", sources);
  }

  /** Images. */
  public CspBuilder imgSrc(Consumer<Sources> sources) {
    return sources("img-src", sources);
  }

  /** Fonts. */
  public CspBuilder fontSrc(Consumer<Sources> sources) {
    return sources("font-src", sources);
  }

  /** Fetch, XHR, WebSocket and beacons. */
  public CspBuilder connectSrc(Consumer<Sources> sources) {
    return sources("connect-src", sources);
  }

  /** Audio and video. */
  public CspBuilder mediaSrc(Consumer<Sources> sources) {
    return sources("media-src", sources);
  }

  /** Plug-ins. */
  public CspBuilder objectSrc(Consumer<Sources> sources) {
    return sources("object-src", sources);
  }

  /** Frames in the page. */
  public CspBuilder frameSrc(Consumer<Sources> sources) {
    return sources("frame-src", sources);
  }

  /** Workers. */
  public CspBuilder workerSrc(Consumer<Sources> sources) {
    return sources("worker-src", sources);
  }

  /** The web application's manifest. */
  public CspBuilder manifestSrc(Consumer<Sources> sources) {
    return sources("manifest-src", sources);
  }

  /** The {@code <base>} element. */
  public CspBuilder baseUri(Consumer<Sources> sources) {
    return sources("base-uri", sources);
  }

  /** Targets of forms. */
  public CspBuilder formAction(Consumer<Sources> sources) {
    return sources("form-action", sources);
  }

  /** Pages that may frame this one; X-Frame-Options follows it. */
  public CspBuilder frameAncestors(Consumer<Sources> sources) {
    return sources("frame-ancestors", sources);
  }

  private CspBuilder sources(String name, Consumer<Sources> sources) {
    Sources values = new Sources();
    sources.accept(values);
    return put(name, values.values());
  }

  /** Turns {@code http} addresses in the page into {@code https}; sent on secure requests only. */
  public CspBuilder upgradeInsecureRequests() {
    return put("upgrade-insecure-requests", List.of());
  }

  /** Makes DOM sinks refuse plain strings ({@code require-trusted-types-for 'script'}). */
  public CspBuilder requireTrustedTypes() {
    return put("require-trusted-types-for", List.of("'script'"));
  }

  /** The Trusted Types policies that a page may make. */
  public CspBuilder trustedTypes(String... names) {
    return put("trusted-types", List.of(names));
  }

  /** Shuts the page into a sandbox, less these flags ({@code allow-scripts}). */
  public CspBuilder sandbox(String... flags) {
    return put("sandbox", List.of(flags));
  }

  /** A directive by its name, with values in the header's own notation. */
  public CspBuilder directive(String name, String... values) {
    return put(name, List.of(values));
  }

  /** Leaves a directive out that the policy had. */
  public CspBuilder without(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    directives.remove(key);
    given.remove(key);
    return this;
  }

  private CspBuilder put(String name, List<String> values) {
    String key = name.toLowerCase(Locale.ROOT);
    if (!given.add(key)) {
      twice.add(key);
    }
    directives.put(key, new Directive(key, values));
    return this;
  }

  /**
   * Checks the policy and freezes it.
   *
   * @throws PolicyException if something is wrong with it, with all faults
   */
  public ContentSecurityPolicy build() {
    Faults faults = new Faults();
    check("Content-Security-Policy", faults);
    faults.throwIfAny();
    return freeze();
  }

  void check(String header, Faults faults) {
    if (directives.isEmpty()) {
      faults.add(header, "the policy says nothing", "give it a directive, at least default-src");
    }
    for (String name : twice) {
      faults.add(
          header,
          Quoted.of(name) + " is given twice, and browsers heed the first alone",
          "give all its sources in one place");
    }
    new CspGrammar(header, faults).check(List.copyOf(directives.values()));
  }

  @Nullable Directive get(String name) {
    return directives.get(name);
  }

  boolean usesNonce() {
    return directives.values().stream().anyMatch(d -> d.has(ContentSecurityPolicy.NONCE));
  }

  boolean has(String name) {
    return directives.containsKey(name);
  }

  ContentSecurityPolicy freeze() {
    return new ContentSecurityPolicy(List.copyOf(directives.values()));
  }
}
