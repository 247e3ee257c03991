package dev.vigil.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Holds the README's table to the metadata. When it is stale, run this with {@code
 * -Dtest.jvm.args=-Dreadme.write=true} and commit what it writes.
 */
class PropertyTableTest {

  private static final String BEGIN = "<!-- properties: written by PropertyTableTest -->\n";
  private static final String END = "<!-- end of properties -->";

  @Test
  void theReadmeShowsTheMetadata() throws IOException {
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("readme.write")) {
      Files.writeString(readme, text.substring(0, from) + table + text.substring(to));
      return;
    }

    assertThat(text.substring(from, to)).isEqualTo(table);
  }

  @Test
  void everyPropertyIsDescribed() throws IOException {
    for (JsonNode property : metadata()) {
      assertThat(property.path("description").asText())
          .as(property.path("name").asText())
          .isNotBlank();
    }
  }

  private static String table() throws IOException {
    TreeMap<String, String> rows = new TreeMap<>();
    for (JsonNode property : metadata()) {
      String name = property.path("name").asText();
      String shown =
          "| `%s` | %s | %s |\n"
              .formatted(name, value(property), property.path("description").asText());
      rows.put(name, shown);
    }
    addEntries(rows, "vigil.health.checks.<name>", CheckProperties.class);
    addEntries(rows, "vigil.ratelimit.limits.<name>", RateLimitProperties.LimitProperties.class);
    addEntries(rows, "vigil.headers.paths.<name>", HeadersProperties.PathProperties.class);
    addEntries(rows, "vigil.alerts.rules.<name>", AlertsProperties.RuleProperties.class);
    addEntries(rows, "vigil.alerts.channels.<name>", AlertsProperties.ChannelProperties.class);
    return "| property | default | |\n|---|---|---|\n" + String.join("", rows.values());
  }

  /** The metadata knows no keys of maps: the records themselves do. */
  private static void addEntries(
      TreeMap<String, String> rows, String prefix, Class<? extends Record> entry) {
    rows.remove(prefix.substring(0, prefix.lastIndexOf('.')));
    for (var component : entry.getRecordComponents()) {
      String name =
          prefix
              + "."
              + component
                  .getName()
                  .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                  .toLowerCase(java.util.Locale.ROOT);
      rows.put(
          name,
          "| `%s` | %s | %s |\n"
              .formatted(name, defaultOf(entry, component.getName()), of(entry, component)));
    }
  }

  private static String of(Class<? extends Record> entry, java.lang.reflect.RecordComponent part) {
    return Descriptions.of(entry, part.getName());
  }

  private static String defaultOf(Class<? extends Record> entry, String component) {
    for (var parameter : entry.getDeclaredConstructors()[0].getParameters()) {
      var value =
          parameter.getAnnotation(
              org.springframework.boot.context.properties.bind.DefaultValue.class);
      if (parameter.getName().equals(component) && value != null && value.value().length > 0) {
        return "`" + String.join(",", value.value()) + "`";
      }
    }
    return "";
  }

  private static String value(JsonNode property) {
    JsonNode value = property.path("defaultValue");
    return value.isMissingNode() || value.isEmpty() && value.isContainerNode()
        ? ""
        : "`" + value.asText() + "`";
  }

  private static Iterable<JsonNode> metadata() throws IOException {
    JsonNode root =
        new ObjectMapper()
            .readTree(
                Path.of("target/classes/META-INF/spring-configuration-metadata.json").toFile());
    // A record within a record is listed once more as a property of its own type.
    return StreamSupport.stream(root.path("properties").spliterator(), false)
        .filter(it -> !it.path("type").asText().matches("dev\\.vigil\\.spring\\.\\w+Properties"))
        .toList();
  }

  /** The Javadoc of a record's component, as it stands in the source. */
  private static final class Descriptions {

    private Descriptions() {}

    static String of(Class<?> holder, String component) {
      Class<?> top = holder.getEnclosingClass() == null ? holder : holder.getEnclosingClass();
      Path source = Path.of("src/main/java", top.getName().replace('.', '/') + ".java");
      try {
        String text = Files.readString(source);
        int record = text.indexOf("record " + holder.getSimpleName() + "(");
        String comment = text.substring(text.lastIndexOf("/**", record), record);
        int start = comment.indexOf("@param " + component + " ");
        String rest = comment.substring(start + 7 + component.length());
        int end = rest.indexOf("@param") < 0 ? rest.indexOf("*/") : rest.indexOf("@param");
        return rest.substring(0, end).replaceAll("\\s*\n\\s*\\*\\s*", " ").strip();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
