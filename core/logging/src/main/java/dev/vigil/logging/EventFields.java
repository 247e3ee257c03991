package dev.vigil.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * What one event brings besides its text: SLF4J's key/values, and the structured arguments and
 * markers of logstash-logback-encoder.
 */
final class EventFields {

  /** Made when first needed: most applications use key/values only. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private static final int MOST = 256;

  private final List<Map.Entry<String, Object>> fields = new ArrayList<>();

  private EventFields() {}

  /** Null where there are none, which is the usual case. */
  static @Nullable EventFields of(ILoggingEvent event) {
    EventFields found = null;
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null && !pairs.isEmpty()) {
      found = new EventFields();
      for (KeyValuePair pair : pairs) {
        found.add(String.valueOf(pair.key), pair.value);
      }
    }
    Object[] arguments = event.getArgumentArray();
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof StructuredArgument structured) {
          found = found == null ? new EventFields() : found;
          found.addWritten(structured::writeTo);
        }
      }
    }
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (Marker marker : markers) {
        found = collect(marker, found, 0);
      }
    }
    return found;
  }

  private static @Nullable EventFields collect(
      Marker marker, @Nullable EventFields found, int depth) {
    EventFields fields = found;
    if (marker instanceof LogstashMarker structured) {
      fields = fields == null ? new EventFields() : fields;
      fields.addWritten(structured::writeTo);
    }
    if (depth < 8 && marker.hasReferences()) { // markers may refer to one another in circles
      for (Iterator<Marker> others = marker.iterator(); others.hasNext(); ) {
        fields = collect(others.next(), fields, depth + 1);
      }
    }
    return fields;
  }

  private void add(String name, @Nullable Object value) {
    if (fields.size() < MOST) {
      fields.add(Map.entry(name, value == null ? "null" : value));
    }
  }

  private interface Writing {
    void to(JsonGenerator generator) throws IOException;
  }

  /** Reads back what a marker or argument writes, so that no invalid JSON of theirs gets out. */
  private void addWritten(Writing writing) {
    try {
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = Json.MAPPER.getFactory().createGenerator(text)) {
        generator.writeStartObject();
        writing.to(generator);
        generator.writeEndObject();
      }
      for (Map.Entry<String, JsonNode> member :
          Json.MAPPER.readTree(text.toString()).properties()) {
        add(member.getKey(), member.getValue());
      }
    } catch (JsonProcessingException invalid) {
      add("invalid", "(a structured field that is no JSON)");
    } catch (IOException | RuntimeException broken) {
      add("invalid", "(a structured field that threw " + broken.getClass().getName() + ")");
    }
  }

  /** Appends the inside of a JSON object. */
  void append(JsonLine line, SafeText safe) {
    UniqueNames names = new UniqueNames(safe);
    JsonValues values = new JsonValues(line, safe);
    char separator = '{';
    for (Map.Entry<String, Object> field : fields) {
      if (!line.hasRoom()) {
        break;
      }
      line.raw(separator).string(names.of(field.getKey())).raw(':');
      values.append(field.getKey(), field.getValue());
      separator = ',';
    }
    if (separator == '{') {
      line.raw('{');
    }
    line.raw('}');
  }

  /** For people: {@code name=value}, each behind a space. */
  void print(StringBuilder text, SafeText safe) {
    for (Map.Entry<String, Object> field : fields) {
      String value = safe.of(field.getKey(), SafeText.print(field.getValue()));
      text.append(' ').append(safe.of(field.getKey())).append('=').append(value);
    }
  }
}
