package dev.vigil.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vigil.testing.LeakedThreads;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes that leak and such that do not, through JUnit itself. */
class LeakedThreadsTest {

  private static volatile boolean release;

  @AfterEach
  void letThemGo() {
    release = true;
  }

  @Test
  void failsTheTestThatLeavesAThread() {
    TestExecutionSummary summary = run(AroundEach.class);

    assertThat(summary.getTestsSucceededCount()).isOne();
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getTestIdentifier().getDisplayName()).isEqualTo("leaks()");
              assertThat(failure.getException())
                  .hasMessageContaining("1 thread(s) still alive PT0.05S after the test")
                  .hasMessageContaining("vigil-leak-1")
                  .hasMessageContaining("LeakedThreadsTest.waitForRelease");
            });
  }

  @Test
  void allowsWhatAClassSharesBetweenItsTests() {
    assertThat(run(SharedAndClosed.class).getFailures()).isEmpty();
  }

  @Test
  void failsTheClassThatLeavesAThread() {
    TestExecutionSummary summary = run(SharedAndLeaked.class);

    assertThat(summary.getTestsSucceededCount()).isOne();
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getTestIdentifier().isContainer()).isTrue());
  }

  @Test
  void looksAtItsPrefixOnly() {
    assertThat(run(OtherName.class).getFailures()).isEmpty();
  }

  private static TestExecutionSummary run(Class<?> tests) {
    release = false;
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    return listener.getSummary();
  }

  private static void start(String name) {
    Thread thread = new Thread(LeakedThreadsTest::waitForRelease, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitForRelease() {
    while (!release) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  static class AroundEach {
    @RegisterExtension
    final LeakedThreads threads = LeakedThreads.named("vigil-").within(Duration.ofMillis(50));

    @Test
    void leaks() {
      start("vigil-leak-1");
    }

    @Test
    void isClean() {}
  }

  @ExtendWith(LeakedThreads.class)
  static class SharedAndClosed {
    @BeforeAll
    static void open() {
      start("vigil-shared-1");
    }

    @Test
    void leavesASharedThreadAlone() {
      start("vigil-shared-2");
    }

    @AfterAll
    static void close() {
      release = true;
    }
  }

  static class SharedAndLeaked {
    @RegisterExtension
    static final LeakedThreads THREADS =
        LeakedThreads.named("vigil-").within(Duration.ofMillis(50));

    @Test
    void leaks() {
      start("vigil-leak-2");
    }
  }

  static class OtherName {
    @RegisterExtension
    final LeakedThreads threads = LeakedThreads.named("vigil-").within(Duration.ofMillis(50));

    @Test
    void startsAForeignThread() {
      start("other-1");
    }
  }
}
