package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.alerts.NotificationClaim.Release;
import dev.vigil.alerts.notify.EmailNotifier;
import dev.vigil.alerts.notify.PagerDutyNotifier;
import dev.vigil.alerts.notify.SlackNotifier;
import dev.vigil.core.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;

/** What README.md says of notifiers and replicas compiles and works. */
class ReadmeNotifiersIT {

  @Test
  void makesNotifiers() {
    Map<String, String> environment =
        Map.of("SLACK_WEBHOOK", "https://x.test", "PD_KEY", "k", "SMTP_PASSWORD", "p");
    Board board = new Board();

    Map<String, Notifier> channels =
        Map.of(
            "slack", SlackNotifier.of(Secret.of(environment.get("SLACK_WEBHOOK"))),
            "pagerduty", PagerDutyNotifier.of(Secret.of(environment.get("PD_KEY"))),
            "email",
                EmailNotifier.builder(
                        "smtp.example.com", "alerts@example.com", List.of("ops@example.com"))
                    .credentials("alerts", Secret.of(environment.get("SMTP_PASSWORD")))
                    .build(),
            "board", notification -> board.show(notification.alerts())); // one method: yours

    assertThat(channels).hasSize(4);
    channels.values().forEach(Notifier::close);
  }

  @Test
  void claimsOnRedis() throws Exception {
    int port = freePort();
    RedisServer redis = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
    redis.start();
    try (Jedis jedis = new Jedis("localhost", port)) {
      NotificationClaim a = claim(jedis);
      NotificationClaim b = claim(jedis);
      Duration ttl = Duration.ofMinutes(2);

      assertThat(a.claim("k", ttl)).isTrue();
      assertThat(b.claim("k", ttl)).isFalse();
      a.told("k", Duration.ofHours(4));
      assertThat(a.release("k")).isEqualTo(Release.OTHERS_FIRE);
      assertThat(jedis.ttl("vigil:k")).isPositive();
      assertThat(b.release("k")).isEqualTo(Release.LAST);
      assertThat(jedis.exists("vigil:k")).isFalse();
    } finally {
      redis.stop();
    }
  }

  private static NotificationClaim claim(Jedis jedis) {
    String script =
        "local found = redis.call('GET', KEYS[1]) or '' "
            + "if found == ARGV[1] then "
            + "  if ARGV[2] == '' then redis.call('DEL', KEYS[1]) "
            + "  else redis.call('SET', KEYS[1], ARGV[2], 'PX', 604800000) end "
            + "end "
            + "return found";
    NotificationClaim claim =
        FleetClaim.on(
            (key, expected, next) ->
                (String) jedis.eval(script, List.of("vigil:" + key), List.of(expected, next)));
    return claim;
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    String source =
        squeezed(
            Files.readString(Path.of("src/test/java/dev/vigil/alerts/ReadmeNotifiersIT.java")));
    List<String> blocks = blocks(Files.readString(Path.of("README.md")));

    assertThat(blocks).isNotEmpty();
    assertThat(blocks)
        .filteredOn(block -> block.contains("PagerDutyNotifier.of(") || block.contains("script"))
        .hasSize(2)
        .allSatisfy(block -> assertThat(source).contains(squeezed(block)));
  }

  private static List<String> blocks(String readme) {
    List<String> blocks = new ArrayList<>();
    String[] parts = readme.split("```java\n");
    for (int i = 1; i < parts.length; i++) {
      blocks.add(parts[i].substring(0, parts[i].indexOf("```")));
    }
    return blocks;
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static final class Board {
    void show(List<Alert> alerts) {}
  }
}
