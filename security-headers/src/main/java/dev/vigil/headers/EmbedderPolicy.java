package dev.vigil.headers;

/**
 * What a page may load from other origins.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/browsers.html#coep">Cross-Origin-Embedder-Policy</a>
 */
public enum EmbedderPolicy {
  /** Only what says that it may be embedded. */
  REQUIRE_CORP("require-corp"),
  /** Others too, but asked for without cookies. */
  CREDENTIALLESS("credentialless"),
  /** Everything, as if there were no header. */
  UNSAFE_NONE("unsafe-none");

  private final String token;

  EmbedderPolicy(String token) {
    this.token = token;
  }

  /** The value of the header {@code Cross-Origin-Embedder-Policy}. */
  public String token() {
    return token;
  }
}
