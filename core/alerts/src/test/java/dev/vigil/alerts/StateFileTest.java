package dev.vigil.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class StateFileTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(StateFile.class);
  @TempDir Path directory;

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(lines);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    SavedState state =
        new SavedState(
            NOW,
            List.of(
                new SavedState.Instance(
                    "pool",
                    Severity.CRITICAL,
                    "abc",
                    Map.of("pool", "a \"b\"\u2028ß"),
                    AlertState.RECOVERING,
                    12,
                    3,
                    1_000,
                    2_000,
                    90.5),
                new SavedState.Instance(
                    "heap",
                    Severity.INFO,
                    "def",
                    Map.of(),
                    AlertState.PENDING,
                    0,
                    -1,
                    1_000,
                    InstanceState.NEVER,
                    Double.NaN)),
            List.of(new Silence("1", Map.of("rule", "pool"), NOW.plusSeconds(60), "deploying")),
            new ObjectMapper().readTree("{\"slack\":[1]}"));

    try (StateFile file = StateFile.open(path())) {
      file.write(state);
      file.write(state);

      assertThat(file.read()).isEqualTo(state);
    }
    assertThat(lines.list).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("alerts.json", "alerts.json.lock");
    }
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    try (StateFile file = StateFile.open(path())) {
      file.write(SavedState.EMPTY);
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFirstStartIsEmptyAndNoWarning() {
    try (StateFile file = StateFile.open(path())) {
      assertThat(file.read()).isEqualTo(SavedState.EMPTY);
    }
    assertThat(lines.list).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "7",
        "{\"format\":2,\"written\":\"2026-01-01T00:00:00Z\"}",
        "{\"format\":1}",
        "{\"format\":1,\"written\":\"yesterday\"}",
        "{\"format\":1,\"written\":\"2026-01-01T00:00:00Z\",\"instances\":[{\"rule\":7}]}",
        "{\"format\":1,\"written\":\"2026-01-01T00:00:00Z\",\"instances\":[{\"rule\":\"a\","
            + "\"severity\":\"INFO\",\"expression\":\"x\",\"state\":\"ASLEEP\"}]}",
        "\u0000\u0001\u0002"
      })
  void aBrokenFileIsAnEmptyStateAndOneWarning(String content) throws IOException {
    Files.writeString(path(), content);

    try (StateFile file = StateFile.open(path())) {
      assertThat(file.read()).isEqualTo(SavedState.EMPTY);
    }

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.get(0).getFormattedMessage()).contains("start without their states");
  }

  @Test
  void deepNestingIsABrokenFile() throws IOException {
    Files.writeString(path(), "[".repeat(100_000));

    try (StateFile file = StateFile.open(path())) {
      assertThat(file.read()).isEqualTo(SavedState.EMPTY);
    }
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void aFileThatGrewBeyondBoundsIsNotRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(path().toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }

    try (StateFile file = StateFile.open(path())) {
      assertThat(file.read()).isEqualTo(SavedState.EMPTY);
    }
    assertThat(lines.list).hasSize(1);
  }

  @Test
  void belongsToOneAtATime() {
    StateFile first = StateFile.open(path());

    assertThatIllegalStateException()
        .isThrownBy(() -> StateFile.open(path()))
        .withMessageEndingWith(
            "is used by another process or engine; give each a stateFile(..) of its own, or end"
                + " the other");

    first.close();
    StateFile.open(path()).close();
  }

  @Test
  void saysWhatItNeedsOfItsDirectory() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateFile.open(directory.resolve("nowhere/alerts.json")))
        .withMessageEndingWith("its directory has to exist and to be writable");
  }

  private Path path() {
    return directory.resolve("alerts.json");
  }
}
