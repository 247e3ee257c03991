package dev.vigil.headers.servlet;

/**
 * What a browser reports that a policy stopped. All of it is what some client sent: shown to people
 * as text at most. Addresses come without query, fragment and credentials, and cut at 256
 * characters.
 *
 * @param directive the directive that stopped it; {@code other} where it is none that is known
 * @param enforced whether it was stopped, or was only reported on
 * @param blocked what was stopped: an address, or a word like {@code inline} or {@code eval}
 * @param document the page
 * @param source the file whose code did it; empty if not told
 * @param line the line there; 0 if not told
 */
public record CspReport(
    String directive, boolean enforced, String blocked, String document, String source, int line) {

  /** Reports of one kind: the same directive, host and page. */
  record Kind(String directive, String blockedHost, String document) {}

  Kind kind() {
    int scheme = blocked.indexOf("://");
    int path = scheme < 0 ? -1 : blocked.indexOf('/', scheme + 3);
    return new Kind(directive, path < 0 ? blocked : blocked.substring(0, path), document);
  }
}
