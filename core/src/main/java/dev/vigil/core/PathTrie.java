package dev.vigil.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exact paths and path prefixes, found by walking along the path once: however many patterns there
 * are, a look-up ends at the first character that none of them has.
 *
 * <p>Filled by one thread, then never changed.
 *
 * @param <T> what is looked up
 */
final class PathTrie<T> {

  private final Node<T> root = new Node<>();

  private static final class Node<T> {
    private char[] characters = {};
    private Node<T>[] next = array(0);
    private @Nullable T exact;
    private @Nullable T prefix;

    @SuppressWarnings("unchecked")
    private static <T> Node<T>[] array(int length) {
      return (Node<T>[]) new Node<?>[length];
    }

    @Nullable Node<T> at(char c) {
      for (int i = 0; i < characters.length; i++) {
        if (characters[i] == c) {
          return next[i];
        }
      }
      return null;
    }

    Node<T> grow(char c) {
      Node<T> known = at(c);
      if (known != null) {
        return known;
      }
      Node<T> child = new Node<>();
      int count = characters.length;
      characters = Arrays.copyOf(characters, count + 1);
      characters[count] = c;
      Node<T>[] longer = array(count + 1);
      System.arraycopy(next, 0, longer, 0, count);
      longer[count] = child;
      next = longer;
      return child;
    }
  }

  private Node<T> end(String literal) {
    Node<T> node = root;
    for (int i = 0; i < literal.length(); i++) {
      node = node.grow(literal.charAt(i));
    }
    return node;
  }

  /** A value for that path alone. */
  void addExact(String path, T value) {
    end(path).exact = value;
  }

  /** A value for that path and all below it. */
  void addPrefix(String path, T value) {
    end(path).prefix = value;
  }

  /** The value of the exact path, else of the longest prefix, else null. Allocates nothing. */
  @Nullable T find(String path) {
    Node<T> node = root;
    T longest = null;
    int length = path.length();
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c == '/' && node.prefix != null) {
        longest = node.prefix;
      }
      Node<T> child = node.at(c);
      if (child == null) {
        return longest;
      }
      node = child;
    }
    if (node.exact != null) {
      return node.exact;
    }
    return node.prefix != null ? node.prefix : longest;
  }
}
