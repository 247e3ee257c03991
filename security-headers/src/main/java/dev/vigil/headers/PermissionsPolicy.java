package dev.vigil.headers;

import dev.vigil.core.internal.NearestName;
import dev.vigil.core.internal.Quoted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code Permissions-Policy}: which of the browser's powers a page and its frames may use.
 *
 * <p>Written as a structured field (RFC 9651). Checked when a policy is built from it: a feature
 * that no browser knows would print an error to every visitor's console.
 *
 * <pre>{@code
 * PermissionsPolicy.denyAll().allowSelf("fullscreen").allow("geolocation", "self", "https://maps.example.com")
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/permissions-policy/">Permissions Policy</a>
 */
public final class PermissionsPolicy {

  /**
   * What OWASP's Secure Headers Project denies (list of 2026-07-19), less what browsers have
   * dropped or never had without a flag: interest-cohort, web-share, cross-origin-isolated.
   */
  private static final List<String> POWERS =
      List.of(
          "accelerometer",
          "autoplay",
          "camera",
          "clipboard-read",
          "clipboard-write",
          "display-capture",
          "encrypted-media",
          "fullscreen",
          "gamepad",
          "geolocation",
          "gyroscope",
          "hid",
          "idle-detection",
          "keyboard-map",
          "magnetometer",
          "microphone",
          "midi",
          "payment",
          "picture-in-picture",
          "publickey-credentials-get",
          "screen-wake-lock",
          "serial",
          "sync-xhr",
          "unload",
          "usb",
          "xr-spatial-tracking");

  /** Further features of the W3C's registry (webappsec-permissions-policy, features.md). */
  private static final List<String> FURTHER =
      List.of(
          "ambient-light-sensor",
          "attribution-reporting",
          "battery",
          "bluetooth",
          "browsing-topics",
          "captured-surface-control",
          "compute-pressure",
          "cross-origin-isolated",
          "deferred-fetch",
          "digital-credentials-get",
          "execution-while-not-rendered",
          "execution-while-out-of-viewport",
          "focus-without-user-activation",
          "identity-credentials-get",
          "language-detector",
          "local-fonts",
          "local-network-access",
          "otp-credentials",
          "private-state-token-issuance",
          "private-state-token-redemption",
          "publickey-credentials-create",
          "speaker-selection",
          "storage-access",
          "summarizer",
          "translator",
          "vertical-scroll",
          "web-share",
          "window-management");

  private static final Map<String, String> OBSOLETE =
      Map.of(
          "interest-cohort", "the trial it belonged to (FLoC) ended in 2021; leave it out",
          "document-domain", "document.domain is gone; leave it out",
          "vibrate", "browsers dropped it; leave it out",
          "push", "browsers dropped it; leave it out",
          "notifications", "browsers dropped it; leave it out",
          "speaker", "write speaker-selection");

  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:\\*\\.)?[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*(?::[0-9]{1,5})?");

  private final Map<String, List<String>> features;

  private PermissionsPolicy(Map<String, List<String>> features) {
    this.features = Collections.unmodifiableMap(features);
  }

  /** Says nothing yet: everything is as browsers have it by default. */
  public static PermissionsPolicy none() {
    return new PermissionsPolicy(new LinkedHashMap<>());
  }

  /** Denies the 26 powers that a page should ask for one by one. */
  public static PermissionsPolicy denyAll() {
    return none().deny(POWERS.toArray(String[]::new));
  }

  /** No one, not even the page. */
  public PermissionsPolicy deny(String... features) {
    PermissionsPolicy policy = this;
    for (String feature : features) {
      policy = policy.allow(feature);
    }
    return policy;
  }

  /** The page and frames of its own origin. */
  public PermissionsPolicy allowSelf(String... features) {
    PermissionsPolicy policy = this;
    for (String feature : features) {
      policy = policy.allow(feature, "self");
    }
    return policy;
  }

  /**
   * These alone, in place of what was said about the feature before.
   *
   * @param origins {@code self}, {@code *} (alone) or origins; none denies the feature
   */
  public PermissionsPolicy allow(String feature, String... origins) {
    Map<String, List<String>> copy = new LinkedHashMap<>(features);
    copy.put(feature, List.of(origins));
    return new PermissionsPolicy(copy);
  }

  /** The header's value; empty where nothing is said. */
  public String value() {
    return features.entrySet().stream()
        .map(feature -> feature.getKey() + "=" + list(feature.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String list(List<String> origins) {
    if (origins.equals(List.of("*"))) {
      return "*";
    }
    return origins.stream()
        .map(origin -> origin.equals("self") ? origin : "\"" + origin + "\"")
        .collect(Collectors.joining(" ", "(", ")"));
  }

  boolean isEmpty() {
    return features.isEmpty();
  }

  boolean denies(String feature) {
    return List.of().equals(features.get(feature));
  }

  void check(Faults faults) {
    features.forEach(
        (feature, origins) -> {
          String where = "Permissions-Policy " + Quoted.of(feature);
          if (OBSOLETE.containsKey(feature)) {
            faults.add(where, "is obsolete", OBSOLETE.get(feature));
          } else if (!POWERS.contains(feature) && !FURTHER.contains(feature)) {
            faults.add(where, "is no feature that browsers know", hint(feature));
          }
          origins.forEach(origin -> checkOrigin(where, origin, origins.size(), faults));
          if (origins.stream().distinct().count() < origins.size()) {
            faults.add(where, "an origin is there twice", "leave one out");
          }
        });
    HeaderText.checkLength("Permissions-Policy", value(), faults);
  }

  private static String hint(String feature) {
    return NearestName.of(feature, POWERS)
        .or(() -> NearestName.of(feature, FURTHER))
        .map(near -> "did you mean " + near + "?")
        .orElse("leave it out, since it prints an error to each visitor's console");
  }

  private static void checkOrigin(String where, String origin, int size, Faults faults) {
    if (origin.equals("*")) {
      if (size > 1) {
        faults.add(where, "* has company", "let it stand alone");
      }
    } else if (!origin.equals("self") && !ORIGIN.matcher(origin).matches()) {
      faults.add(
          where,
          Quoted.of(origin) + " is no origin",
          "write self, * or an origin like https://maps.example.com, without a path");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PermissionsPolicy that && features.equals(that.features);
  }

  @Override
  public int hashCode() {
    return features.hashCode();
  }

  @Override
  public String toString() {
    return value();
  }
}
