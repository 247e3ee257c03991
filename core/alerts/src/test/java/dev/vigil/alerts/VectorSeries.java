package dev.vigil.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Feeds samples of Prometheus's series to meters: a gauge is set; a counter is incremented by the
 * difference, or removed and made again where it fell; buckets become events of a timer.
 */
final class VectorSeries {

  private final MeterRegistry registry;
  private final List<Fed> series = new ArrayList<>();
  private final Map<String, BucketsFed> histograms = new HashMap<>();

  private interface Fed {
    void at(long t);
  }

  VectorSeries(MeterRegistry registry, JsonNode all) {
    this.registry = registry;
    for (JsonNode each : all) {
      String name = each.get("name").asText();
      Map<Long, JsonNode> samples = new HashMap<>();
      each.get("samples").forEach(sample -> samples.put(sample.get(0).asLong(), sample.get(1)));
      Map<String, String> labels = new HashMap<>();
      each.get("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      if (name.endsWith("_bucket")) {
        String meter = name.replaceAll("(_seconds)?_bucket$", "");
        double bound = Double.parseDouble(labels.get("le").replace("+Inf", "Infinity"));
        histograms.computeIfAbsent(meter, BucketsFed::new).add(bound, samples);
      } else if (name.matches(".*_(total|sum|count)")) {
        series.add(new CounterFed(name.replaceAll("_total$", ""), tags(labels), samples));
      } else {
        series.add(new GaugeFed(name, tags(labels), samples));
      }
    }
    series.addAll(histograms.values());
  }

  /** Applies the samples of this second. */
  void at(long t) {
    series.forEach(each -> each.at(t));
  }

  private static Tags tags(Map<String, String> labels) {
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      tags = tags.and(label.getKey(), label.getValue());
    }
    return tags;
  }

  private static double number(JsonNode sample) {
    return switch (sample.asText()) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> sample.asDouble();
    };
  }

  private final class GaugeFed implements Fed {

    private final String name;
    private final Tags tags;
    private final Map<Long, JsonNode> samples;
    private @Nullable Gauge gauge;
    private double value;

    GaugeFed(String name, Tags tags, Map<Long, JsonNode> samples) {
      this.name = name;
      this.tags = tags;
      this.samples = samples;
    }

    @Override
    public void at(long t) {
      JsonNode sample = samples.get(t);
      if (sample == null) {
        return;
      }
      if (sample.asText().equals("stale")) {
        if (gauge != null) {
          registry.remove(gauge);
        }
        gauge = null;
        return;
      }
      value = number(sample);
      if (gauge == null) {
        gauge =
            Gauge.builder(name, this, it -> it.value)
                .tags(tags)
                .strongReference(true)
                .register(registry);
      }
    }
  }

  private final class CounterFed implements Fed {

    private final String name;
    private final Tags tags;
    private final Map<Long, JsonNode> samples;
    private @Nullable Counter counter;

    CounterFed(String name, Tags tags, Map<Long, JsonNode> samples) {
      this.name = name;
      this.tags = tags;
      this.samples = samples;
    }

    @Override
    public void at(long t) {
      JsonNode sample = samples.get(t);
      if (sample == null) {
        return;
      }
      boolean stale = sample.asText().equals("stale");
      if (counter != null && (stale || number(sample) < counter.count())) {
        registry.remove(counter);
        counter = null;
      }
      if (stale) {
        return;
      }
      if (counter == null) {
        counter = registry.counter(name, tags);
      }
      counter.increment(number(sample) - counter.count());
    }
  }

  /** Cumulative buckets as events, each inside of its bucket. */
  private final class BucketsFed implements Fed {

    private record Bucket(double bound, Map<Long, JsonNode> samples) {}

    private final String name;
    private final List<Bucket> buckets = new ArrayList<>();
    private final Map<Double, Long> recorded = new HashMap<>();

    BucketsFed(String name) {
      this.name = name;
    }

    void add(double bound, Map<Long, JsonNode> samples) {
      buckets.add(new Bucket(bound, samples));
      buckets.sort(Comparator.comparingDouble(Bucket::bound));
    }

    @Override
    public void at(long t) {
      double lower = 0;
      long below = 0;
      for (Bucket bucket : buckets) {
        JsonNode sample = bucket.samples().get(t);
        if (sample == null) {
          return;
        }
        long own = sample.asLong() - below;
        below = sample.asLong();
        long before = recorded.getOrDefault(bucket.bound(), 0L);
        double upper = Double.isInfinite(bucket.bound()) ? 2 * lower : bucket.bound();
        Duration inside = Duration.ofMillis(Math.round(1000 * (lower + upper) / 2));
        for (long i = before; i < own; i++) {
          registry.timer(name).record(inside);
        }
        recorded.put(bucket.bound(), own);
        lower = bucket.bound();
      }
    }
  }
}
