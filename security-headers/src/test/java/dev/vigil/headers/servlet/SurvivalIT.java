package dev.vigil.headers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.headers.SecurityHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every header of a policy is on the wire, once, whatever a servlet does to its response. */
class SurvivalIT {

  private static final SecurityHeaders POLICY = SecurityHeaders.api();
  private static final Map<String, String> HEADERS = POLICY.headers(false, "");

  private static final Map<Container.Kind, Container> RUNNING = new EnumMap<>(Container.Kind.class);
  private static final Map<Container.Kind, SecurityHeadersFilter> FILTERS =
      new EnumMap<>(Container.Kind.class);

  @TempDir static Path folder;

  /** What is asked, and what comes back beside the headers. */
  private record Cell(String scenario, String method, String path, int status, boolean own) {}

  private static final List<Cell> CELLS =
      List.of(
          // The sixteen of the acceptance.
          new Cell("plain", "GET", "/plain", 200, false),
          new Cell("sendError", "GET", "/send-error", 404, false),
          new Cell("exception", "GET", "/exception", 500, false),
          new Cell("reset", "GET", "/reset", 200, false),
          new Cell("flush", "GET", "/flush", 200, false),
          new Cell("forward", "GET", "/forward", 200, false),
          new Cell("include", "GET", "/include", 200, false),
          new Cell("async", "GET", "/async", 200, false),
          new Cell("error page", "GET", "/error-page", 410, false),
          new Cell("static file", "GET", "/file.txt", 200, false),
          new Cell("304", "GET", "/not-modified", 304, false),
          new Cell("HEAD", "HEAD", "/plain", 200, false),
          new Cell("redirect", "GET", "/redirect", 302, false),
          new Cell("own by set", "GET", "/own-set", 200, true),
          new Cell("own by add", "GET", "/own-add", 200, true),
          new Cell("committed early", "GET", "/committed", 200, false),
          // And some more.
          new Cell("no content", "GET", "/no-content", 204, false),
          new Cell("exception with a page", "GET", "/exception-page", 500, false),
          new Cell("async with the wrapped response", "GET", "/async-wrapped", 200, false),
          new Cell("async dispatch", "GET", "/async-dispatch", 200, false),
          new Cell("async time-out", "GET", "/async-timeout", 500, false),
          new Cell("304 by sendError", "GET", "/not-modified-error", 304, false),
          new Cell("own by add in a forward", "GET", "/own-in-forward", 200, true),
          new Cell("HEAD of a static file", "HEAD", "/file.txt", 200, false),
          new Cell("no servlet matches", "GET", "/nowhere", 404, false));

  @BeforeAll
  static void startContainers() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("file.txt"), "a file");
    for (Container.Kind kind : Container.Kind.ofThisRun()) {
      SecurityHeadersFilter filter = SecurityHeadersFilter.builder(POLICY).build();
      FILTERS.put(kind, filter);
      RUNNING.put(
          kind,
          kind.start(
              files,
              true,
              context -> {
                filter.addTo(context);
                Scenarios.addTo(context);
              }));
    }
  }

  @AfterAll
  static void stopContainers() throws Exception {
    for (Container container : RUNNING.values()) {
      container.stop();
    }
  }

  static List<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (Container.Kind kind : Container.Kind.ofThisRun()) {
      CELLS.forEach(cell -> cells.add(Arguments.of(kind, cell.scenario(), cell)));
    }
    return cells;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cells")
  void everyHeaderIsThereOnce(Container.Kind kind, String scenario, Cell cell) throws Exception {
    Client client = new Client(RUNNING.get(kind).port());

    HttpResponse<String> response = client.send(cell.method(), cell.path(), "");

    Map<String, String> expected = new LinkedHashMap<>(HEADERS);
    if (cell.own()) {
      expected.put(Scenarios.OWN_NAME, Scenarios.OWN_VALUE);
    }
    if (kind == Container.Kind.JETTY && ruledByJettysErrorHandler(cell)) {
      expected.remove("Cache-Control");
      assertThat(response.headers().firstValue("Cache-Control").orElse("no-store"))
          .contains("no-store");
    }
    assertThat(response.statusCode()).isEqualTo(cell.status());
    assertThat(Client.of(response, HEADERS.keySet())).containsAllEntriesOf(expected);
  }

  /** Jetty's error handler writes a Cache-Control of its own, behind every filter. */
  private static boolean ruledByJettysErrorHandler(Cell cell) {
    return cell.status() >= 400 || cell.scenario().equals("304 by sendError");
  }

  @Test
  void noResponseHadBeenCommittedBefore() {
    assertThat(FILTERS.values()).allMatch(filter -> filter.committedBefore() == 0);
  }
}
