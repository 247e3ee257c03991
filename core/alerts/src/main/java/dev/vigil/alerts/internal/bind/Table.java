package dev.vigil.alerts.internal.bind;

import dev.vigil.alerts.internal.text.Dimension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operand: a node for each set of labels. One without any is missing.
 *
 * <p>Two operands meet where their labels are equal. An operand with a single label set meets all
 * sets of the other that have its labels and more: one without labels meets every set.
 */
final class Table {

  private final Map<Map<String, String>, Node> nodes = new LinkedHashMap<>();
  private final Dimension dimension;

  private Table(Dimension dimension) {
    this.dimension = dimension;
  }

  static Table empty(Dimension dimension) {
    return new Table(dimension);
  }

  static Table of(Node node, Dimension dimension) {
    return new Table(dimension).put(Map.of(), node);
  }

  /**
   * Adds a label set.
   *
   * @throws IllegalStateException if there is one like it
   */
  Table put(Map<String, String> labels, Node node) {
    if (nodes.put(labels, node) != null) {
      throw new IllegalStateException("there are two series with the labels " + labels);
    }
    return this;
  }

  Dimension dimension() {
    return dimension;
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  List<Map<String, String>> labels() {
    return List.copyOf(nodes.keySet());
  }

  Table as(Dimension other) {
    return map(UnaryOperator.identity(), other);
  }

  Table map(UnaryOperator<Node> change, Dimension made) {
    Table table = new Table(made);
    nodes.forEach((labels, node) -> table.put(labels, change.apply(node)));
    return table;
  }

  /** Both operands where their labels meet; all of the other where one is missing altogether. */
  Table meet(Table other, BinaryOperator<Node> join, Dimension made) {
    Table table = new Table(made);
    if (isEmpty() || other.isEmpty()) {
      nodes.forEach((labels, node) -> table.put(labels, join.apply(node, Node.MISSING)));
      other.nodes.forEach((labels, node) -> table.put(labels, join.apply(Node.MISSING, node)));
      return table;
    }
    nodes.forEach(
        (labels, node) -> {
          Node partner = other.partner(labels);
          if (partner != null) {
            table.put(labels, join.apply(node, partner));
          }
        });
    other.nodes.forEach(
        (labels, node) -> {
          Node partner = table.nodes.containsKey(labels) ? null : single(labels);
          if (partner != null) {
            table.put(labels, join.apply(partner, node));
          }
        });
    return table;
  }

  /** All label sets of both operands. */
  Table unite(Table other, BinaryOperator<Node> join, Dimension made) {
    Table table = new Table(made);
    nodes.forEach(
        (labels, node) ->
            table.put(labels, join.apply(node, other.nodes.getOrDefault(labels, Node.MISSING))));
    other.nodes.forEach(
        (labels, node) -> {
          if (!nodes.containsKey(labels)) {
            table.put(labels, join.apply(Node.MISSING, node));
          }
        });
    return table;
  }

  private @Nullable Node partner(Map<String, String> labels) {
    Node equal = nodes.get(labels);
    return equal != null ? equal : single(labels);
  }

  private @Nullable Node single(Map<String, String> labels) {
    if (nodes.size() != 1) {
      return null;
    }
    Map.Entry<Map<String, String>, Node> only = nodes.entrySet().iterator().next();
    return labels.entrySet().containsAll(only.getKey().entrySet()) ? only.getValue() : null;
  }

  /** The nodes in groups of equal values of these labels. */
  Map<Map<String, String>, List<Node>> groups(List<String> by) {
    Map<Map<String, String>, List<Node>> groups = new LinkedHashMap<>();
    nodes.forEach(
        (labels, node) -> {
          Map<String, String> kept = new TreeMap<>();
          for (String name : by) {
            if (labels.containsKey(name)) {
              kept.put(name, Objects.requireNonNull(labels.get(name)));
            }
          }
          groups
              .computeIfAbsent(Collections.unmodifiableMap(kept), any -> new ArrayList<>())
              .add(node);
        });
    return groups;
  }
}
