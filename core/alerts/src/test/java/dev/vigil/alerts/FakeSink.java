package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Delivers everything at once, and writes down what it was told: "rule FIRING {labels}". */
final class FakeSink implements AlertSink {

  private final List<String> told = new ArrayList<>();
  private final Set<String> delivered = new LinkedHashSet<>();
  volatile boolean delivers = true;

  @Override
  public synchronized void publish(String rule, List<String> channels, List<Alert> alerts) {
    for (Alert alert : alerts) {
      boolean firing = alert.state() == AlertState.FIRING;
      boolean news = firing ? delivered.add(alert.incident()) : delivered.remove(alert.incident());
      if (news) {
        told.add(
            rule + " " + alert.state() + (alert.labels().isEmpty() ? "" : " " + alert.labels()));
      }
    }
  }

  /** What was told since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Override
  public boolean canDeliver() {
    return delivers;
  }

  @Override
  public synchronized @Nullable JsonNode delivered() {
    ArrayNode keys = new ObjectMapper().createArrayNode();
    delivered.forEach(keys::add);
    return keys;
  }

  @Override
  public synchronized void restore(JsonNode keys) {
    keys.forEach(key -> delivered.add(key.asText()));
  }

  @Override
  public synchronized long version() {
    return delivered.hashCode();
  }

  @Override
  public void close() {}
}
