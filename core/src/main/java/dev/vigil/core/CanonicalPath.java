package dev.vigil.core;

/**
 * One spelling for each path: no empty segment, no {@code .} or {@code ..}, no path parameters.
 *
 * <p>A path in that form is returned as it is, without allocation; that is nearly every path an
 * honest client sends.
 */
final class CanonicalPath {

  private CanonicalPath() {}

  /**
   * The canonical form of a decoded path.
   *
   * @param path as a server hands it over after decoding; what follows {@code ?} or {@code #} does
   *     not belong to it
   */
  static String of(String path) {
    return isCanonical(path) ? path : rewrite(path);
  }

  static boolean isCanonical(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == ';' || (c == '/' && oddSegment(path, i + 1))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the segment from {@code start} on is empty (and not the last), {@code .} or {@code ..}.
   */
  private static boolean oddSegment(String path, int start) {
    int at = start;
    while (at < path.length() && at - start < 2 && path.charAt(at) == '.') {
      at++;
    }
    boolean ends = at == path.length() || path.charAt(at) == '/';
    return ends && (at > start || at < path.length());
  }

  private static String rewrite(String path) {
    StringBuilder canonical = new StringBuilder(path.length() + 1).append('/');
    int at = 0;
    while (at < path.length()) {
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      String segment = withoutParameters(path.substring(at, end));
      switch (segment) {
        case "", "." -> {}
        case ".." -> {
          // To the slash before the last segment; the root stays the root.
          int parent = canonical.lastIndexOf("/", canonical.length() - 2);
          canonical.setLength(Math.max(parent, 0) + 1);
        }
        default -> canonical.append(segment).append(slash < 0 ? "" : "/");
      }
      at = end + 1;
    }
    return canonical.toString();
  }

  private static String withoutParameters(String segment) {
    int semicolon = segment.indexOf(';');
    return semicolon < 0 ? segment : segment.substring(0, semicolon);
  }
}
