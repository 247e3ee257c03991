package dev.vigil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/health, /health, true",
    "/health, /health/, false",
    "/health, /healthy, false",
    "/health, /Health, false",
    "'', /, true",
    "'', /x, false",
    "/api/*, /api, true",
    "/api/*, /api/, true",
    "/api/*, /api/a/b, true",
    "/api/*, /apiary, false",
    "/api/*, /, false",
    "*.css, /a/b.css, true",
    "*.css, /.css, true",
    "*.css, /a.css/b, false",
    "*.css, /acss, false",
    "/*, /, true",
    "/*, /anything/at/all, true",
    "/, /anything/at/all, true"
  })
  void matchesAsTheServletSpecificationSays(String pattern, String path, boolean matches) {
    assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/x",
        "/api//x",
        "///api///x",
        "/./api/x",
        "/api/./x",
        "/x/../api/x",
        "/../api/x",
        "/../../api/x",
        "/static/a/../../api/x",
        "/api;jsessionid=1/x",
        "/;a=b/api;c;d/x",
        "/static/..;/api/x",
        "/api/x/.",
        "/api/x/y/..",
        "/api/..;x=y/api/x",
        ";/api",
        "api/x"
      })
  void isNotDodgedByAnotherSpelling(String path) {
    assertThat(PathPattern.of("/api/*").matches(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../admin",
        "/api/x/../../admin",
        "/api/..;/admin",
        "/api%2Fx",
        "/%61pi/x",
        "/...api/x",
        "/.api/x",
        "",
        "?/api/x"
      })
  void doesNotReachWhereThePathDoesNotLead(String path) {
    assertThat(PathPattern.of("/api/*").matches(path)).isFalse();
  }

  @Test
  void keepsSegmentsThatOnlyLookLikeDots() {
    assertThat(PathPattern.of("/.well-known/*").matches("/.well-known/acme")).isTrue();
    assertThat(PathPattern.of("/a/..b").matches("/a/..b")).isTrue();
    assertThat(PathPattern.of("/a/...").matches("/a/...")).isTrue();
  }

  @Test
  void survivesHugePaths() {
    for (String hostile : new String[] {"/", "/..", "/.", "/a/..", ";", "/..;x"}) {
      assertThat(PathPattern.of("/end").matches(hostile.repeat(500_000) + "/../end")).isTrue();
    }
    assertThat(PathPattern.of("/a/*").matches("/a;x=1".repeat(500_000))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "health      | path pattern \"health\" must start with / or *.",
        "*           | path pattern \"*\" must start with / or *.",
        "*.          | path pattern \"*.\" needs an extension after *.",
        "/a*         | path pattern \"/a*\" may have * only as a last /* or a first *.",
        "/*/b        | path pattern \"/*/b\" may have * only as a last /* or a first *.",
        "/a/**       | path pattern \"/a/**\" may have * only as a last /* or a first *.",
        "/a/*.css    | path pattern \"/a/*.css\" may have * only as a last /* or a first *.",
        "*.tar.gz    | path pattern \"*.tar.gz\" must name one extension, since only what follows a path's last dot is compared",
        "//a         | path pattern \"//a\" must not hold an empty segment, . or .., or a semicolon: paths are compared without them",
        "/a/../b     | path pattern \"/a/../b\" must not hold an empty segment, . or .., or a semicolon: paths are compared without them",
        "/a;x        | path pattern \"/a;x\" must not hold an empty segment, . or .., or a semicolon: paths are compared without them",
        "/a?b        | path pattern \"/a?b\" must be a decoded path: without query, fragment, % escapes or control characters",
        "/%61        | path pattern \"/%61\" must be a decoded path: without query, fragment, % escapes or control characters"
      })
  void saysWhatIsWrongWithAPattern(String pattern, String message) {
    assertThatThrownBy(() -> PathPattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/health, exact",
    "/api/orders, api",
    "/api/admin/users, admin",
    "/api/admin, admin",
    "/api/site.css, api",
    "/site.css, css",
    "/, all",
    "/index.html, all",
    "//api/orders, api"
  })
  void findsTheMostSpecificPattern(String path, String found) {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put("/*", "all");
    policies.put("*.css", "css");
    policies.put("/api/*", "api");
    policies.put("/api/admin/*", "admin");
    policies.put("/api/health", "exact");

    assertThat(PathPattern.Table.of(policies).find(path)).isEqualTo(found);
  }

  @Test
  void findsNothingWhereNoPatternMatches() {
    assertThat(PathPattern.Table.of(Map.of("/api/*", "api")).find("/other")).isNull();
    assertThat(PathPattern.Table.of(Map.of()).find("/")).isNull();
  }

  @Test
  void namesAllFaultsOfATableAtOnce() {
    Map<String, Integer> policies = new LinkedHashMap<>();
    policies.put("/", 1);
    policies.put("/*", 2);
    policies.put("api", 3);

    assertThatThrownBy(() -> PathPattern.Table.of(policies))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("/ and /* mean the same; path pattern \"api\" must start with / or *.");
  }

  @Test
  void allocatesNothingForAPathInItsOneSpelling() {
    var table = PathPattern.Table.of(Map.of("/api/*", 1, "/health", 2, "*.css", 3, "/", 4));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    String path = "/some/page.html";
    find(table, path, 10_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    find(table, path, 10_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // The measurement itself may cost a few bytes; one object per look-up would be 160,000.
    assertThat(allocated).isLessThan(10_000);
  }

  @Test
  void aTableFindsWhatTryingEveryPatternInTurnWouldFind() {
    Random random = new Random(42);
    String[] segments = {"a", "b", "ab", "abc", "x.css", "x.js"};
    for (int round = 0; round < 2000; round++) {
      Map<String, Integer> values = new LinkedHashMap<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        String path = randomPath(random, segments);
        values.put(
            switch (random.nextInt(4)) {
              case 0 -> path;
              case 1 -> path + "/*";
              case 2 -> random.nextBoolean() ? "*.css" : "*.js";
              default -> "/*";
            },
            values.size());
      }
      String path = randomPath(random, segments);

      assertThat(PathPattern.Table.of(values).find(path))
          .as("%s in %s", path, values)
          .isEqualTo(foundOneByOne(values, path));
    }
  }

  private static String randomPath(Random random, String[] segments) {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      path.append('/').append(segments[random.nextInt(segments.length)]);
    }
    return path.toString();
  }

  private static Integer foundOneByOne(Map<String, Integer> values, String path) {
    return values.entrySet().stream()
        .filter(entry -> PathPattern.of(entry.getKey()).matches(path))
        .min(Comparator.comparing(entry -> rank(entry.getKey())))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  /** Exact paths, then prefixes with the longest first, then extensions, then all. */
  private static int rank(String pattern) {
    if (pattern.equals("/*")) {
      return 3000;
    }
    if (pattern.startsWith("*.")) {
      return 2000;
    }
    return pattern.endsWith("/*") ? 1000 - pattern.length() : 0;
  }

  private static void find(PathPattern.Table<Integer> table, String path, int times) {
    for (int i = 0; i < times; i++) {
      if (table.find(path) == null) {
        throw new AssertionError("every path has a value");
      }
    }
  }
}
