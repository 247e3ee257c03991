package dev.vigil.alerts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition whose answers a test sets, for each set of labels. */
final class FakeCondition implements BoundCondition {

  private final Map<Map<String, String>, Truth> next = new LinkedHashMap<>();
  private List<Map<String, String>> labels = List.of();
  private double value = 90;
  private @Nullable RuntimeException thrown;
  private @Nullable String problem;

  /** One without labels. */
  static FakeCondition single() {
    return new FakeCondition().set(Map.of(), Truth.FALSE);
  }

  static FakeCondition none() {
    return new FakeCondition();
  }

  FakeCondition set(Map<String, String> of, Truth truth) {
    next.put(of, truth);
    return this;
  }

  FakeCondition set(Truth truth) {
    return set(Map.of(), truth);
  }

  FakeCondition value(double shown) {
    value = shown;
    return this;
  }

  void remove(Map<String, String> of) {
    next.remove(of);
  }

  void throwing(@Nullable RuntimeException failure) {
    thrown = failure;
  }

  void problem(@Nullable String text) {
    problem = text;
  }

  @Override
  public boolean refresh() {
    List<Map<String, String>> now = new ArrayList<>(next.keySet());
    boolean changed = !now.equals(labels);
    labels = now;
    return changed;
  }

  @Override
  public int size() {
    return labels.size();
  }

  @Override
  public Map<String, String> labels(int i) {
    return labels.get(i);
  }

  @Override
  public Truth truth(int i) {
    if (thrown != null) {
      throw thrown;
    }
    return next.get(labels.get(i));
  }

  @Override
  public double value(int i) {
    return value;
  }

  @Override
  public @Nullable String problem() {
    return problem;
  }
}
