package dev.vigil.headers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Where a directive lets things come from, written down one by one in the order of the calls.
 * Checked when the policy is built.
 *
 * <p>Not thread-safe.
 */
public final class Sources {

  private final List<String> values = new ArrayList<>();

  Sources() {}

  /** Nothing at all; stands alone. */
  public Sources none() {
    return add("'none'");
  }

  /** The page's own origin. */
  @SuppressWarnings("SelfAlwaysReturnsThis") // a word of CSP, not of self-typed builders
  public Sources self() {
    return add("'self'");
  }

  /**
   * Hosts, with or without scheme, port and path: {@code https://cdn.example.com}, {@code
   * *.example.com}.
   */
  public Sources host(String... hosts) {
    for (String host : hosts) {
      add(host);
    }
    return this;
  }

  /**
   * Every address of a scheme.
   *
   * @param scheme without the colon: {@code data}, {@code https}
   */
  public Sources scheme(String scheme) {
    return add(scheme + ":");
  }

  /**
   * What carries the request's nonce: {@code <script nonce="...">}. Makes the page one that is not
   * stored.
   */
  public Sources nonce() {
    return add(ContentSecurityPolicy.NONCE);
  }

  /** What was loaded by a script that a nonce or hash allows; older browsers ignore it. */
  public Sources strictDynamic() {
    return add("'strict-dynamic'");
  }

  /**
   * The inline script or style whose text is exactly this.
   *
   * @param text what stands between the tags, white space included
   */
  public Sources sha256Of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM lacks SHA-256, which every JVM must have", e);
    }
  }

  /**
   * The inline script or style, or the file with this integrity, that has this digest.
   *
   * @param digest as in an {@code integrity} attribute: {@code sha384-...}
   */
  public Sources hash(String digest) {
    return add("'" + digest + "'");
  }

  /** Inline code, anyone's; ignored by browsers where a nonce or hash stands beside it. */
  public Sources unsafeInline() {
    return add("'unsafe-inline'");
  }

  /** {@code eval} and its like. */
  public Sources unsafeEval() {
    return add("'unsafe-eval'");
  }

  /** WebAssembly, without {@code eval}. */
  public Sources wasmUnsafeEval() {
    return add("'wasm-unsafe-eval'");
  }

  /** Lets hashes allow event handlers and style attributes too. */
  public Sources unsafeHashes() {
    return add("'unsafe-hashes'");
  }

  /** Puts the first 40 characters of what was stopped into reports. */
  public Sources reportSample() {
    return add("'report-sample'");
  }

  /** A source in the header's own notation, quotes included. */
  public Sources add(String source) {
    values.add(Objects.requireNonNull(source, "source"));
    return this;
  }

  List<String> values() {
    return values;
  }
}
