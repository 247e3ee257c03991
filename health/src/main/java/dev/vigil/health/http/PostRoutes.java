package dev.vigil.health.http;

import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthStatus;
import dev.vigil.health.checks.HeartbeatCheck;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What authorised callers may do by POST: beat a heartbeat, and drill where that is switched on.
 * The body is ignored; all there is to say stands in path and query.
 */
final class PostRoutes {

  private static final String BEAT = "/beat/";
  private static final String DRILL = "/drill/";
  private static final Duration DRILL_LENGTH = Duration.ofMinutes(5);

  private static final Refusal NOTED = Refusal.of(200, "noted");
  private static final Refusal FOREIGN =
      Refusal.of(403, "another site's page may not do this with its visitors' credentials");
  private static final Refusal BAD_DRILL =
      Refusal.of(
          400,
          "a drill takes ?who=NAME and, if need be, &status=degraded or unhealthy or healthy,"
              + " &for=PT5M (at most PT24H), &readiness=true, or &end");

  private final HealthRegistry registry;
  private final Refusal unauthorised;
  private final boolean drills;

  PostRoutes(HealthRegistry registry, Refusal unauthorised, boolean drills) {
    this.registry = registry;
    this.unauthorised = unauthorised;
    this.drills = drills;
  }

  /** Whether there is anything to be done by POST at a path. */
  boolean takes(String path) {
    return path.startsWith(BEAT) || (drills && path.startsWith(DRILL));
  }

  /** Does it. */
  Route route(HealthRequest request, boolean granted) {
    if (!granted) {
      return unauthorised;
    }
    // A browser sends Basic credentials along, and comes from an address that may be granted.
    String site = request.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return FOREIGN;
    }
    String path = request.path();
    return path.startsWith(BEAT)
        ? beat(path.substring(BEAT.length()))
        : drill(path.substring(DRILL.length()), request.query());
  }

  private Route beat(String name) {
    Optional<HeartbeatCheck> heartbeat = registry.find(name, HeartbeatCheck.class);
    heartbeat.ifPresent(HeartbeatCheck::beat);
    return heartbeat.isPresent() ? NOTED : Refusal.UNKNOWN;
  }

  private Route drill(String name, @Nullable String query) {
    Map<String, String> asked = Parameters.all(query == null ? "" : query);
    if (asked == null) {
      return Refusal.QUERY;
    }
    if (!registry.names().contains(name)) {
      return Refusal.UNKNOWN;
    }
    if (asked.containsKey("end")) {
      registry.endDrill(name);
      return NOTED;
    }
    Optional<HealthStatus> status =
        Arrays.stream(HealthStatus.values())
            .filter(it -> it.word().equals(asked.getOrDefault("status", "unhealthy")))
            .findFirst();
    String who = asked.getOrDefault("who", "");
    if (status.isEmpty() || who.isBlank()) {
      return BAD_DRILL;
    }
    try {
      String length = asked.get("for");
      registry.drill(
          name,
          status.get(),
          length == null ? DRILL_LENGTH : Duration.parse(length),
          who,
          "true".equals(asked.get("readiness")));
      return NOTED;
    } catch (DateTimeException | IllegalArgumentException outOfRange) {
      return BAD_DRILL;
    }
  }
}
