package dev.vigil.headers.internal;

import dev.vigil.headers.ContentSecurityPolicy;
import dev.vigil.headers.SecurityHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy laid out for writing: names and values in arrays, so that a request chooses and computes
 * nothing but its nonce.
 *
 * <p>Immutable and thread-safe.
 */
public final class PreparedHeaders {

  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NO_NONCE_YET = "A".repeat(22);

  private final String[] names;
  private final @Nullable String[] values;
  private final @Nullable ContentSecurityPolicy[] templates;
  private final boolean usesNonce;
  private final int cacheControl;
  private final TreeSet<String> removed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

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
    templates = new ContentSecurityPolicy[names.length];
    template("Content-Security-Policy", policy.csp(secure).orElse(null));
    template("Content-Security-Policy-Report-Only", policy.cspReportOnly().orElse(null));
    usesNonce = policy.usesNonce();
    String caching = headers.get(CACHE_CONTROL);
    boolean stored = caching != null && !caching.toLowerCase(Locale.ROOT).contains("no-store");
    cacheControl = stored ? indexOf(CACHE_CONTROL) : -1;
    removed.addAll(policy.removed());
  }

  private void template(String name, @Nullable ContentSecurityPolicy policy) {
    if (policy != null && policy.usesNonce()) {
      templates[indexOf(name)] = policy;
    }
  }

  /** How many headers there are; at most 64. */
  public int size() {
    return names.length;
  }

  /** The name of a header. */
  public String name(int index) {
    return names[index];
  }

  /** The value of a header, for a request with this nonce; null where it has none. */
  public String value(int index, @Nullable String nonce) {
    ContentSecurityPolicy template = templates[index];
    if (template != null && nonce != null) {
      return template.value(nonce);
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
    return usesNonce;
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
    return !removed.isEmpty() && removed.contains(name);
  }

  /** The headers that no answer may carry. */
  public Iterable<String> removed() {
    return removed;
  }

  /** The headers, for a start-up line. */
  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
