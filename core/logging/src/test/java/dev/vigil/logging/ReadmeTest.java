package dev.vigil.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vigil.core.Profile;
import dev.vigil.core.ShutdownSequence;
import dev.vigil.core.TrustedProxies;
import dev.vigil.logging.http.RequestContextHttpFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;

/** The README's example compiles and does what it seems to. */
class ReadmeTest {

  @TempDir Path logs;

  @Test
  void runsTheExample() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var orders = server.createContext("/orders", exchange -> exchange.close());

    Profile profile = Profile.fromEnvironment(); // VIGIL_PROFILE; unset is production
    StructuredLogging logging =
        StructuredLogging.builder()
            .service("shop")
            .version("1.2.3")
            .profile(profile)
            .directory(logs)
            .repeatLimit(100)
            .install();
    ShutdownSequence shutdown =
        ShutdownSequence.builder().closing("log", Duration.ofSeconds(6), logging).build();
    shutdown.installHook(); // so that SIGTERM flushes
    orders.getFilters().add(RequestContextHttpFilter.of(TrustedProxies.of("10.0.0.0/8")));

    var log = LoggerFactory.getLogger("com.acme.Orders");
    log.atWarn().addKeyValue("order", 42).log("refused: password={}", "hunter2");
    log.info(MarkerFactory.getMarker("AUDIT"), "order 42 paid"); // at any level, never dropped
    logging.level("com.acme", Level.DEBUG, Duration.ofMinutes(15)); // then as before
    long lost = logging.dropped(Level.INFO);

    shutdown.run();
    logging.undo();
    assertThat(lost).isZero();
    assertThat(Files.readString(logs.resolve("combined.log")))
        .contains("refused: password=***", "\"fields\":{\"order\":42}", "order 42 paid");
  }

  @Test
  void showsWhatRunsHere() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.split("```java\n")[1].split("```")[0];
    String source = Files.readString(Path.of("src/test/java/dev/vigil/logging/ReadmeTest.java"));

    assertThat(example.lines().filter(line -> !line.isBlank()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(source).contains(line));
  }
}
