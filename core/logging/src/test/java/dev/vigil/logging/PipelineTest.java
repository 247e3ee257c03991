package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.vigil.testing.LeakedThreads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MarkerFactory;

class PipelineTest {

  @RegisterExtension final LeakedThreads threads = LeakedThreads.named("vigil-log-");

  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean blocked;
  private Pipeline pipeline;

  private final LineSink sink =
      new LineSink() {
        @Override
        public void write(Line line) {
          try {
            if (blocked && !gate.await(60, TimeUnit.SECONDS)) {
              throw new IllegalStateException("the test never opened the gate");
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          written.add(new String(line.console(), StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
      };

  private void start(int places, int reserved) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Settings settings =
        StructuredLogging.builder()
            .service("shop")
            .noFiles()
            .format(LogFormat.NATIVE)
            .environment(Map.of("VIGIL_PROFILE", "staging"))
            .settings();
    pipeline =
        new Pipeline(
            context, settings, List.of(sink), new LineQueue(places, reserved), failure -> {});
  }

  @AfterEach
  void close() {
    gate.countDown();
    assertThat(pipeline.flushAndEnd()).isTrue();
  }

  private void log(Level level, int lines) {
    for (int i = 0; i < lines; i++) {
      pipeline.append(Events.of(level, "line " + i, null).event());
    }
  }

  @Test
  void losesNothingAtClose() {
    start(8_192, 1_024);
    log(Level.INFO, 5_000);

    assertThat(pipeline.flushAndEnd()).isTrue();

    assertThat(written).hasSize(5_000);
    assertThat(written).allSatisfy(line -> assertThat(StrictJson.line(line).isObject()).isTrue());
  }

  @Test
  void writesWhatIsLoggedAfterClose() {
    start(100, 10);
    assertThat(pipeline.flushAndEnd()).isTrue();

    log(Level.INFO, 3);

    assertThat(written).hasSize(3);
  }

  @Test
  void goesOnUnderABlockedSinkAndSaysLaterWhatItDropped() {
    blocked = true;
    start(100, 10);

    log(Level.INFO, 1_000);
    log(Level.WARN, 1_000);

    assertThat(pipeline.drops().of(org.slf4j.event.Level.INFO)).isBetween(919L, 920L);
    assertThat(pipeline.drops().of(org.slf4j.event.Level.WARN)).isBetween(969L, 970L);

    blocked = false;
    gate.countDown();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(written.get(written.size() - 1))
                    .contains("dropped log lines")
                    .contains(" INFO")
                    .contains(" WARN"));
    assertThat(written).hasSizeBetween(111, 112);
  }

  @Test
  void neverDropsAnAuditLine() throws Exception {
    blocked = true;
    start(100, 10);
    log(Level.WARN, 500);
    Thread auditor =
        new Thread(
            () -> {
              for (int i = 0; i < 50; i++) {
                pipeline.append(
                    Events.info("audit").marker(MarkerFactory.getDetachedMarker("AUDIT")).event());
              }
            });
    auditor.start();
    blocked = false;
    gate.countDown();
    auditor.join(30_000);

    assertThat(pipeline.flushAndEnd()).isTrue();
    assertThat(written.stream().filter(line -> line.contains("audit"))).hasSize(50);
  }
}
