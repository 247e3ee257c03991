package dev.vigil.headers.internal;

import dev.vigil.headers.ContentSecurityPolicy;
import dev.vigil.headers.SecurityHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A policy laid out for writing: names and values in arrays, so that a request chooses and computes
 * nothing but its nonce.
 *
 * <p>Immutable and thread-safe.
 */
public final class PreparedHeaders {

  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NO_NONCE_YET = "A".repeat(Nonces.CHARACTERS);

  private final String[] names;
  private final @Nullable String[] values;
  private final @Nullable NonceText[] templates;

  /** Where the first header stands that holds the nonce; negative where none does. */
  private final int drawn;

  private final int cacheControl;
  private final String[] removed;

  /**
   * Lays a policy out.
   *
   * @param secure whether for requests that came by HTTPS
   */
  public PreparedHeaders(SecurityHeaders policy, boolean secure) {
    Map<String, String> headers = policy.headers(secure, NO_NONCE_YET);
    List<String> order = new ArrayList<>(headers.keySet());
    names = order.toArray(String[]::new);
    values = order.stream().map(headers::get).toArray(String[]::new);
    templates = new NonceText[names.length];
    template("Content-Security-Policy", policy.csp(secure).orElse(null));
    template("Content-Security-Policy-Report-Only", policy.cspReportOnly(secure).orElse(null));
    drawn = firstTemplate();
    String caching = headers.get(CACHE_CONTROL);
    boolean stored = caching != null && !caching.toLowerCase(Locale.ROOT).contains("no-store");
    cacheControl = stored ? indexOf(CACHE_CONTROL) : -1;
    removed = policy.removed().toArray(String[]::new);
  }

  private void template(String name, @Nullable ContentSecurityPolicy policy) {
    if (policy != null && policy.usesNonce()) {
      templates[indexOf(name)] = new NonceText(policy);
    }
  }

  private int firstTemplate() {
    for (int i = 0; i < templates.length; i++) {
      if (templates[i] != null) {
        return i;
      }
    }
    return -1;
  }

  private NonceText text() {
    return Objects.requireNonNull(templates[drawn]);
  }

  /**
   * What an answer carries that has a nonce of its own: the first header's value with a new nonce,
   * or null where the policy uses none.
   */
  public @Nullable String draw() {
    return usesNonce() ? Nonces.shared().fill(text()) : null;
  }

  /** As {@link #draw()}, with a nonce that the request has already. */
  public @Nullable String redraw(String nonce) {
    return usesNonce() ? text().with(nonce) : null;
  }

  /** The nonce in what {@link #draw()} gave. */
  public String nonceOf(String drawn) {
    return text().nonceOf(drawn);
  }

  /** How many headers there are; at most 64. */
  public int size() {
    return names.length;
  }

  /** The name of a header. */
  public String name(int index) {
    return names[index];
  }

  /** The value of a header, for a request that {@linkplain #draw() drew} this. */
  public String value(int index, @Nullable String drawn) {
    NonceText template = templates[index];
    if (template != null && drawn != null) {
      return index == this.drawn ? drawn : template.with(nonceOf(drawn));
    }
    String value = values[index];
    return value == null ? "" : value;
  }

  /** Whether a header's value holds the nonce. */
  public boolean holdsNonce(int index) {
    return templates[index] != null;
  }

  /** Whether each answer needs a nonce of its own. */
  public boolean usesNonce() {
    return drawn >= 0;
  }

  /**
   * Where the header stands that lets answers be stored; negative where there is none. An error
   * must not be stored for as long as what it stands in for.
   */
  public int storing() {
    return cacheControl;
  }

  /** Where this header stands, in any letter case; negative where it is not among them. */
  public int indexOf(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether no answer may carry this header. */
  public boolean removes(String name) {
    for (String unwanted : removed) {
      if (unwanted.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** How many headers there are that no answer may carry. */
  public int removals() {
    return removed.length;
  }

  /** The name of a header that no answer may carry. */
  public String removal(int index) {
    return removed[index];
  }

  /** The headers, for a start-up line. */
  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
