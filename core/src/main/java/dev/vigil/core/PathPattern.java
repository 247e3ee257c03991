package dev.vigil.core;

import dev.vigil.core.internal.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A set of request paths in the servlet specification's syntax (Jakarta Servlet 5.0, 12.2).
 *
 * <table>
 * <caption>Forms, the most specific first</caption>
 * <tr><th>pattern</th><th>matches</th></tr>
 * <tr><td>{@code /health}</td><td>that path alone; an empty pattern is the root alone</td></tr>
 * <tr><td>{@code /api/*}</td><td>{@code /api} and all below it, not {@code /apiary}</td></tr>
 * <tr><td>{@code *.css}</td><td>paths whose last segment ends so</td></tr>
 * <tr><td>{@code /*} or {@code /}</td><td>every path</td></tr>
 * </table>
 *
 * <p>One thing differs from the specification: {@code /*} ranks last, as {@code /} does. A table
 * gives one answer, and a {@code /*} before {@code *.css} would leave the latter none.
 *
 * <p>Paths are compared <em>decoded</em>, with letter case, and in one spelling: empty segments and
 * {@code .} are dropped, {@code ..} is resolved and never leaves the root, path parameters ({@code
 * ;jsessionid=1}) are cut off. So {@code //api/x}, {@code /api/./x} and {@code /static/../api/x}
 * have the policy of {@code /api/x}. Hand in what the server decoded (servlet path and path info,
 * {@link java.net.URI#getPath()}), not the request line: nothing is decoded here, since decoding
 * twice makes {@code %252F} a slash. A {@code %2F} that the server left alone is no separator.
 *
 * <p>Thread-safe.
 */
public final class PathPattern {

  /** The order is the order of precedence. */
  private enum Form {
    EXACT,
    PREFIX,
    EXTENSION,
    ALL
  }

  private final Form form;
  private final String literal;
  private final String text;

  private PathPattern(Form form, String literal, String text) {
    this.form = form;
    this.literal = literal;
    this.text = text;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it has none of the four forms, or could match no path in
   *     its one spelling
   */
  public static PathPattern of(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    if (pattern.equals("/") || pattern.equals("/*")) {
      return new PathPattern(Form.ALL, "", pattern);
    }
    if (pattern.isEmpty()) {
      return new PathPattern(Form.EXACT, "/", pattern);
    }
    if (pattern.startsWith("*.")) {
      String extension = pattern.substring(2);
      check(!extension.isEmpty(), pattern, "needs an extension after *.");
      check(
          extension.indexOf('.') < 0 && extension.indexOf('/') < 0,
          pattern,
          "must name one extension, since only what follows a path's last dot is compared");
      return new PathPattern(Form.EXTENSION, checked(pattern.substring(1), pattern), pattern);
    }
    check(pattern.startsWith("/"), pattern, "must start with / or *.");
    boolean prefix = pattern.endsWith("/*");
    String path = prefix ? pattern.substring(0, pattern.length() - 2) : pattern;
    check(
        CanonicalPath.isCanonical(path),
        pattern,
        "must not hold an empty segment, . or .., or a semicolon: paths are compared without them");
    return new PathPattern(prefix ? Form.PREFIX : Form.EXACT, checked(path, pattern), pattern);
  }

  private static String checked(String literal, String pattern) {
    check(literal.indexOf('*') < 0, pattern, "may have * only as a last /* or a first *.");
    check(
        literal
            .chars()
            .noneMatch(c -> c == '?' || c == '#' || c == '%' || Character.isISOControl(c)),
        pattern,
        "must be a decoded path: without query, fragment, % escapes or control characters");
    return literal;
  }

  private static void check(boolean holds, String pattern, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException("path pattern " + Quoted.of(pattern) + " " + expectation);
    }
  }

  /**
   * Whether the pattern matches a path.
   *
   * @param path decoded, in any spelling
   */
  public boolean matches(String path) {
    return matchesCanonical(CanonicalPath.of(path));
  }

  private boolean matchesCanonical(String path) {
    return switch (form) {
      case EXACT -> path.equals(literal);
      case PREFIX ->
          path.startsWith(literal)
              && (path.length() == literal.length() || path.charAt(literal.length()) == '/');
      case EXTENSION -> path.endsWith(literal);
      case ALL -> true;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern that && form == that.form && literal.equals(that.literal);
  }

  @Override
  public int hashCode() {
    return Objects.hash(form, literal);
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * One value per path: that of the most specific pattern that matches, the longest among prefixes.
   *
   * <p>Immutable and thread-safe. A look-up walks along the path once, whatever the number of paths
   * and prefixes, then tries the extensions one after the other. It allocates nothing for a path
   * that is in its one spelling already.
   *
   * @param <T> what is looked up, a policy for example
   */
  public static final class Table<T> {

    private final PathTrie<T> paths = new PathTrie<>();
    private final List<Map.Entry<PathPattern, T>> extensions;
    private final @Nullable T everywhere;

    private Table(Map<PathPattern, T> values) {
      T all = null;
      List<Map.Entry<PathPattern, T>> byExtension = new ArrayList<>();
      for (Map.Entry<PathPattern, T> entry : values.entrySet()) {
        PathPattern pattern = entry.getKey();
        T value = entry.getValue();
        switch (pattern.form) {
          case EXACT -> paths.addExact(pattern.literal, value);
          case PREFIX -> paths.addPrefix(pattern.literal, value);
          case EXTENSION -> byExtension.add(entry);
          case ALL -> all = value;
        }
      }
      everywhere = all;
      extensions = List.copyOf(byExtension);
    }

    /**
     * Builds a table.
     *
     * @param byPattern values by pattern, in any order
     * @throws IllegalArgumentException if patterns are wrong, or two of them mean the same ({@code
     *     /} and {@code /*}); the message names every one
     */
    public static <T> Table<T> of(Map<String, ? extends T> byPattern) {
      Map<PathPattern, T> values = new LinkedHashMap<>();
      List<String> faults = new ArrayList<>();
      byPattern.forEach(
          (text, value) -> {
            try {
              PathPattern pattern = PathPattern.of(text);
              if (values.putIfAbsent(pattern, Objects.requireNonNull(value, text)) != null) {
                faults.add(twin(values, pattern) + " and " + text + " mean the same");
              }
            } catch (IllegalArgumentException fault) {
              faults.add(fault.getMessage());
            }
          });
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", faults));
      }
      return new Table<>(values);
    }

    /** How the pattern that was there first is written. */
    private static String twin(Map<PathPattern, ?> values, PathPattern pattern) {
      return values.keySet().stream().filter(pattern::equals).findFirst().orElse(pattern).text;
    }

    /**
     * The value for a path, or null where no pattern matches.
     *
     * @param path decoded, in any spelling
     */
    public @Nullable T find(String path) {
      String canonical = CanonicalPath.of(path);
      T found = paths.find(canonical);
      if (found != null) {
        return found;
      }
      // By index: an iterator would be an allocation per request.
      for (int i = 0; i < extensions.size(); i++) {
        if (extensions.get(i).getKey().matchesCanonical(canonical)) {
          return extensions.get(i).getValue();
        }
      }
      return everywhere;
    }
  }
}
