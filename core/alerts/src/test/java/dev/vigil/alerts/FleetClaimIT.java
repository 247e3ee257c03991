package dev.vigil.alerts;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.zaxxer.hikari.HikariDataSource;
import dev.vigil.alerts.NotificationClaim.Release;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Replicas that share a PostgreSQL. */
class FleetClaimIT {

  private static final Duration TTL = Duration.ofMinutes(2);

  @RegisterExtension
  static final WireMockExtension receiver =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static EmbeddedPostgres postgres;

  private final Map<String, Process> members = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void letsOneOfManyTellThoughTheTableIsMissingAtFirst() throws Exception {
    PGSimpleDataSource database = database();
    List<Callable<Boolean>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      NotificationClaim claim = FleetClaim.jdbc(database);
      claims.add(() -> claim.claim("many", TTL));
    }
    ExecutorService replicas = Executors.newFixedThreadPool(8);
    try {
      int telling = 0;
      for (Future<Boolean> claim : replicas.invokeAll(claims)) {
        telling += claim.get() ? 1 : 0;
      }
      assertThat(telling).isEqualTo(1);
    } finally {
      replicas.shutdownNow();
    }
  }

  @Test
  void worksOnAPoolWithoutAutoCommit() throws Exception {
    PGSimpleDataSource database = database();
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(database);
      pool.setMaximumPoolSize(1);
      pool.setAutoCommit(false);
      NotificationClaim a = FleetClaim.jdbc(pool);
      NotificationClaim b = FleetClaim.jdbc(database);

      assertThat(a.claim("pooled", TTL)).isTrue();
      assertThat(b.claim("pooled", TTL)).isFalse();
      a.told("pooled", TTL);
      assertThat(a.release("pooled")).isEqualTo(Release.OTHERS_FIRE);
      assertThat(b.release("pooled")).isEqualTo(Release.LAST);
      assertThat(b.release("pooled")).isEqualTo(Release.NOTHING_TOLD);
    }
  }

  @Test
  void throwsWhereThereIsNoDatabase() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://localhost:1/none");

    assertThatThrownBy(() -> FleetClaim.jdbc(nowhere).claim("k", TTL))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void tellsOnceAndEndsOnceThoughOneOfThreeIsKilledWhileItFires() throws Exception {
    receiver.stubFor(post(urlEqualTo("/hook")).willReturn(ok()));
    try {
      for (String name : List.of("a", "b", "c")) {
        start(name);
      }
      for (Process member : members.values()) {
        assertThat(reader(member).readLine()).isEqualTo("ready");
      }
      for (String name : members.keySet()) {
        say(name, "fire");
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> told().size() == 1);
      awaitClaims(3);

      String teller = told().get(0).replaceAll("firing rule of ", "");
      members.remove(teller).destroyForcibly().waitFor(); // SIGKILL
      awaitClaims(2); // its claim has run out, the others' go on
      assertThat(told()).hasSize(1);

      for (String name : members.keySet()) {
        say(name, "resolve");
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> told().size() == 2);
      assertThat(told().get(1)).startsWith("resolved");
      for (Process member : members.values()) {
        member.getOutputStream().close();
        assertThat(member.waitFor()).isZero();
      }
      assertThat(told()).hasSize(2);
      assertThat(state()).isEmpty();
    } finally {
      members.values().forEach(Process::destroyForcibly);
    }
  }

  private void start(String name) throws IOException {
    members.put(
        name,
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FleetMember.class.getName(),
                postgres.getJdbcUrl("postgres", "postgres"),
                "http://localhost:" + receiver.getPort() + "/hook",
                name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private void say(String name, String command) throws IOException {
    Writer input = members.get(name).outputWriter(StandardCharsets.UTF_8);
    input.write(command + "\n");
    input.flush();
  }

  private static BufferedReader reader(Process member) {
    return new BufferedReader(
        new InputStreamReader(member.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void awaitClaims(int replicas) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> FleetIncident.parse(state()).firing().size() == replicas);
  }

  private static String state() throws Exception {
    return new JdbcStore(database()).compareAndExchange("hook:incident", "", "");
  }

  private static List<String> told() throws IOException {
    List<String> told = new ArrayList<>();
    for (LoggedRequest request : receiver.findAll(postRequestedFor(urlEqualTo("/hook")))) {
      JsonNode body = new ObjectMapper().readTree(request.getBody());
      told.add(body.get("status").asText() + " " + body.at("/groupLabels/alertname").asText());
    }
    return told;
  }

  private static PGSimpleDataSource database() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
    return database;
  }
}
