package dev.vigil.alerts.internal.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.vigil.alerts.internal.text.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML token by token: nothing is made by a tag's name, and no alias is followed, so that a
 * file is never larger than what it says.
 */
public final class YamlReader {

  /** A file of rules has three levels, and settings of channels one or two more. */
  private static final int DEEPEST = 10;

  private static final YAMLFactory YAML = YAMLFactory.builder().build();

  private final YAMLParser parser;
  private final Placeholders placeholders;
  private final Faults faults;

  private YamlReader(YAMLParser parser, Placeholders placeholders, Faults faults) {
    this.parser = parser;
    this.placeholders = placeholders;
    this.faults = faults;
  }

  /**
   * Reads a file.
   *
   * @param lookup values of placeholders by name, null where there is none
   * @param faults takes what is wrong with it
   * @return its content, or null where it is no YAML
   */
  public static @Nullable Yaml read(
      String text, Function<String, @Nullable String> lookup, Faults faults) {
    try (YAMLParser parser = YAML.createParser(Placeholders.putAside(text))) {
      YamlReader reader = new YamlReader(parser, new Placeholders(lookup::apply, faults), faults);
      JsonToken first = parser.nextToken();
      if (first == null) {
        faults.add(1, 1, "the file is empty");
        return null;
      }
      Yaml content = reader.value(first, 0);
      if (parser.nextToken() != null) {
        faults.add(reader.line(), reader.column(), "a second document; one file holds one");
      }
      return content;
    } catch (JsonProcessingException broken) {
      // Its message quotes the lines around, which may hold a secret.
      JsonLocation at = broken.getLocation();
      faults.add(
          at == null ? 1 : Math.max(1, at.getLineNr()),
          at == null ? 1 : Math.max(1, at.getColumnNr()),
          "this is not YAML; look at indentation, quotes and brackets up to here");
      return null;
    } catch (TooDeep deep) {
      faults.add(deep.line, deep.column, "nested more than " + DEEPEST + " levels deep");
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text in memory failed", e);
    }
  }

  private Yaml value(JsonToken token, int depth) throws IOException {
    int line = line();
    int column = column();
    if (depth > DEEPEST) {
      throw new TooDeep(line, column);
    }
    if (parser.isCurrentAlias()) {
      faults.add(line, column, "aliases are not followed; write the value here");
      return new Yaml.Nothing(line, column);
    }
    return switch (token) {
      case START_OBJECT -> mapping(line, column, depth);
      case START_ARRAY -> sequence(line, column, depth);
      case VALUE_NULL -> new Yaml.Nothing(line, column);
      default -> placeholders.scalar(line, column, parser.getText());
    };
  }

  private Yaml mapping(int line, int column, int depth) throws IOException {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int keyLine = line();
      int keyColumn = column();
      String key = Placeholders.restore(parser.currentName());
      Yaml value = value(parser.nextToken(), depth + 1);
      Yaml.Entry before = entries.putIfAbsent(key, new Yaml.Entry(keyLine, keyColumn, value));
      if (before != null) {
        faults.add(
            keyLine,
            keyColumn,
            "'" + Shown.of(key) + "' is set twice, first in line " + before.line());
      }
    }
    return new Yaml.Mapping(line, column, Collections.unmodifiableMap(entries));
  }

  private Yaml sequence(int line, int column, int depth) throws IOException {
    List<Yaml> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token, depth + 1));
    }
    return new Yaml.Sequence(line, column, List.copyOf(items));
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private int column() {
    return Math.max(1, parser.currentTokenLocation().getColumnNr());
  }

  /** Ends the reading at once: what follows is of no use. */
  private static final class TooDeep extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    TooDeep(int line, int column) {
      super(null, null, false, false);
      this.line = line;
      this.column = column;
    }
  }
}
