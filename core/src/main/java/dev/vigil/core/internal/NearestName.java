package dev.vigil.core.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The "did you mean" of error messages: which known name is close enough to a mistyped one to be
 * worth a hint.
 *
 * <p>Close is a prefix of at least three characters ({@code prod} for {@code production}), or an
 * edit distance of at most a third of the known name's length. Letter case does not count.
 */
public final class NearestName {

  /** A longer text is no slip of the finger; also bounds the work on hostile input. */
  private static final int LONGEST = 64;

  private static final int SHORTEST_PREFIX = 3;

  private NearestName() {}

  /** The known name nearest to {@code mistyped}, or empty where none is near. */
  public static Optional<String> of(String mistyped, Collection<String> known) {
    String given = mistyped.strip().toLowerCase(Locale.ROOT);
    if (given.isEmpty() || given.length() > LONGEST) {
      return Optional.empty();
    }
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(given, name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        nearest = name;
        least = distance;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The distance where it is worth a hint, else the largest int. */
  private static int distance(String given, String name) {
    if (given.length() >= SHORTEST_PREFIX && name.startsWith(given)) {
      return 0;
    }
    int edits = edits(given, name);
    return edits * 3 <= name.length() ? edits : Integer.MAX_VALUE;
  }

  /**
   * Levenshtein's distance with one row of memory (Wagner and Fischer, "The String-to-String
   * Correction Problem", 1974).
   */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
