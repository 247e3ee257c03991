package dev.vigil.headers;

import dev.vigil.core.internal.Ascii;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code Content-Security-Policy}: what a page may load, run and be framed by.
 *
 * <p>A policy that exists is well formed: {@link CspBuilder} and {@link #parse} refuse all others.
 * Where it {@linkplain #usesNonce() uses a nonce}, it is a template that {@link #value(String)}
 * fills in for each answer.
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
public final class ContentSecurityPolicy {

  /** How text says "the nonce of the request"; no nonce can look so, since Base64 has no braces. */
  static final String NONCE = "'nonce-{nonce}'";

  private static final String NONCE_BEFORE = "'nonce-";

  /** 128 bits in Base64, which CSP Level 3, 7.1 asks for. */
  private static final int SHORTEST_NONCE = 22;

  private static final int LONGEST_NONCE = 128;

  private final List<Directive> directives;
  private final String template;
  private final String[] parts;

  ContentSecurityPolicy(List<Directive> directives) {
    this.directives = List.copyOf(directives);
    template = directives.stream().map(Directive::toString).collect(Collectors.joining("; "));
    parts = template.replace(NONCE, NONCE_BEFORE + "\n'").split("\n", -1);
  }

  /** A policy that says nothing yet. */
  public static CspBuilder builder() {
    return new CspBuilder();
  }

  /**
   * Reads a policy from text, as strictly as a builder takes it. {@code 'nonce-{nonce}'} stands for
   * the nonce of each request.
   *
   * @throws PolicyException if the text is no well-formed policy, with all faults
   */
  public static ContentSecurityPolicy parse(String text) {
    return CspBuilder.read(text).build();
  }

  /** The names of all directives that browsers know and that are not obsolete. */
  public static Set<String> knownDirectives() {
    return new TreeSet<>(DirectiveKind.names());
  }

  /** A builder that starts with this policy. */
  public CspBuilder toBuilder() {
    return new CspBuilder(directives);
  }

  /** The directives' names, in alphabetical order. */
  public Set<String> directives() {
    return directives.stream().map(Directive::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The values of a directive, in order; empty where it has none or is not there.
   *
   * @param directive its name in lower case
   */
  public List<String> values(String directive) {
    Directive found = find(directive);
    return found == null ? List.of() : found.values();
  }

  @Nullable Directive find(String name) {
    for (Directive directive : directives) {
      if (directive.name().equals(name)) {
        return directive;
      }
    }
    return null;
  }

  List<Directive> list() {
    return directives;
  }

  /** Whether each answer needs a nonce of its own. */
  public boolean usesNonce() {
    return parts.length > 1;
  }

  /**
   * The header's value where no nonce is used.
   *
   * @throws IllegalStateException if the policy {@linkplain #usesNonce() uses a nonce}
   */
  public String value() {
    if (usesNonce()) {
      throw new IllegalStateException("the policy uses a nonce; call value(nonce)");
    }
    return template;
  }

  /**
   * The header's value with this nonce in all its places.
   *
   * @param nonce 22 to 128 characters of Base64 in either alphabet, drawn for this answer alone;
   *     ignored where the policy uses none
   * @throws IllegalArgumentException if it is anything else; the message does not show it
   */
  public String value(String nonce) {
    checkNonce(nonce);
    return switch (parts.length) {
      case 1 -> template;
      case 2 -> parts[0] + nonce + parts[1];
      case 3 -> parts[0] + nonce + parts[1] + nonce + parts[2];
      default -> String.join(nonce, parts);
    };
  }

  private static void checkNonce(String nonce) {
    Objects.requireNonNull(nonce, "nonce");
    boolean fits = nonce.length() >= SHORTEST_NONCE && nonce.length() <= LONGEST_NONCE;
    for (int i = 0; fits && i < nonce.length(); i++) {
      char c = nonce.charAt(i);
      fits = Ascii.isAlphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '/' || c == '=';
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "a nonce must be 22 to 128 characters of Base64 but "
              + nonce.length()
              + " characters were given that are not");
    }
  }

  ContentSecurityPolicy without(String name) {
    return find(name) == null
        ? this
        : new ContentSecurityPolicy(
            directives.stream().filter(directive -> !directive.name().equals(name)).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentSecurityPolicy that && directives.equals(that.directives);
  }

  @Override
  public int hashCode() {
    return directives.hashCode();
  }

  /** The policy as {@link #parse} reads it. */
  @Override
  public String toString() {
    return template;
  }
}
