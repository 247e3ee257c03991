package dev.vigil.health;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.vigil.health.checks.TcpCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The README's recipes compile, against the clients they speak of, and its proofs are there. */
class ReadmeTest {

  /** Never run: nobody has all of these. */
  @SuppressWarnings("try")
  static void recipes(
      HealthRegistry registry, AdminClient admin, Connection connection, MongoClient mongo) {
    registry.register(
        "kafka",
        c -> { // one AdminClient, kept
          admin.describeCluster().nodes().get(c.remaining().toMillis(), MILLISECONDS);
          return HealthResult.healthy();
        });
    registry.register(
        "rabbitmq",
        c -> { // one Connection, kept
          try (Channel channel = connection.createChannel()) {
            return HealthResult.healthy();
          }
        });
    registry.register(
        "mongodb",
        c -> {
          mongo.getDatabase("admin").runCommand(new Document("ping", 1));
          return HealthResult.healthy();
        });
    registry.register("smtp", TcpCheck.connect("smtp.example.com", 587));
    registry.register(
        "dns",
        c -> { // no time-out in the JDK: a hang costs its thread only
          InetAddress.getAllByName("example.com");
          return HealthResult.healthy();
        });
  }

  @Test
  void showsWhatIsCompiledHere() throws IOException {
    String[] blocks = Files.readString(Path.of("README.md")).split("```java\n", -1);
    String source = Files.readString(Path.of("src/test/java/dev/vigil/health/ReadmeTest.java"));

    assertThat(blocks).hasSize(2);
    assertThat(dense(source)).contains(dense(blocks[1].split("```")[0]));
  }

  private static String dense(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void namesProofsThatThereAre() throws IOException {
    Set<String> there = new HashSet<>();
    for (String tests : new String[] {"src/test/java", "../examples/service/src/test/java"}) {
      try (Stream<Path> files = Files.walk(Path.of(tests))) {
        files.forEach(file -> there.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    Set<String> named = new TreeSet<>();
    Matcher names =
        Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`")
            .matcher(Files.readString(Path.of("README.md")));
    while (names.find()) {
      named.add(names.group(1));
    }

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(there).containsAll(named);
  }
}
