package dev.vigil.metrics.windows;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A meter's tags as a map: in the meter's own order, which is by name, and without a copy, since
 * there may be as many of these as there are meters. Immutable.
 */
final class Labels extends AbstractMap<String, String> {

  private final Meter.Id id;

  Labels(Meter.Id id) {
    this.id = id;
  }

  @Override
  public @Nullable String get(@Nullable Object name) {
    return name instanceof String tag ? id.getTag(tag) : null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, String>> iterator() {
        Iterator<Tag> tags = id.getTagsAsIterable().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return tags.hasNext();
          }

          @Override
          public Map.Entry<String, String> next() {
            Tag tag = tags.next();
            return Map.entry(tag.getKey(), tag.getValue());
          }
        };
      }

      @Override
      public int size() {
        int size = 0;
        for (Tag ignored : id.getTagsAsIterable()) {
          size++;
        }
        return size;
      }
    };
  }
}
