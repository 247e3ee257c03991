package dev.vigil.health.http;

import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthQuery;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.checks.RemoteHealthCheck;
import dev.vigil.health.internal.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds what a path, a query and an Accept header ask for. */
final class Router {

  private static final String CHECK = "/check/";
  private static final String GROUP = "/group/";
  private static final String WHOLE = "healthz";

  /** Groups come and go with their checks; beyond this many their places are made anew. */
  private static final int MOST_GROUPS = 100;

  private final Place whole;
  private final Place live;
  private final Place ready;
  private final Place startup;
  private final ConcurrentHashMap<String, Place> groups = new ConcurrentHashMap<>();
  private final EndpointSettings settings;
  private final HealthRegistry registry;

  Router(EndpointSettings settings) {
    this.settings = settings;
    this.registry = settings.registry();
    this.whole = new Place(settings, WHOLE, HealthQuery.all());
    this.live = new Place(settings, "livez", HealthQuery.group(HealthGroup.LIVENESS));
    this.ready = new Place(settings, "readyz", HealthQuery.group(HealthGroup.READINESS));
    this.startup = new Place(settings, "startupz", HealthQuery.group(HealthGroup.STARTUP));
  }

  Route route(String path, @Nullable String query, @Nullable String accept, Disclosure level) {
    if (path.startsWith(CHECK)) {
      return selection(whole, query, accept, level, path.substring(CHECK.length()));
    }
    Place place = place(path);
    if (place == null) {
      return Refusal.UNKNOWN;
    }
    return query == null || query.isEmpty()
        ? place.page(Accept.choose(accept, settings.defaultFormat()), level, false)
        : selection(place, query, accept, level, null);
  }

  /**
   * As {@link #route}, for another Vigil's remote check: without our own remote checks that would
   * lead back to it, or of which that is not known yet. Never waits for those, so that services
   * which look at each other neither wait for each other nor hold each other down.
   */
  Route chained(
      String path, @Nullable String query, @Nullable String accept, Disclosure level, String via) {
    Place place = place(path);
    Route route = route(path, query, accept, level);
    if (place == null || !(route instanceof Page page)) {
      return route;
    }
    List<String> chain = new ArrayList<>();
    chain.add(Chain.SELF);
    HealthQuery narrowed = page.query();
    for (String name : registry.names()) {
      RemoteHealthCheck remote = registry.find(name, RemoteHealthCheck.class).orElse(null);
      if (remote != null) {
        boolean leadsBack = !remote.chainKnown() || Chain.meets(remote.chain(), via);
        narrowed = leadsBack ? narrowed.excluding(name) : narrowed;
        chain.addAll(remote.chain());
      }
    }
    return page.with(narrowed, Chain.header(chain));
  }

  private @Nullable Place place(String path) {
    return switch (path) {
      case "", "/" -> whole;
      case "/live" -> live;
      case "/ready" -> ready;
      case "/startup", "/started" -> startup;
      default -> path.startsWith(GROUP) ? group(path.substring(GROUP.length())) : null;
    };
  }

  private @Nullable Place group(String name) {
    for (HealthGroup group : registry.groups()) {
      if (group.name().equals(name)) {
        if (groups.size() >= MOST_GROUPS) {
          groups.clear();
        }
        return groups.computeIfAbsent(
            name, any -> new Place(settings, WHOLE, HealthQuery.group(group)));
      }
    }
    groups.remove(name);
    return null;
  }

  private Route selection(
      Place place,
      @Nullable String query,
      @Nullable String accept,
      Disclosure level,
      @Nullable String check) {
    Parameters asked = Parameters.parse(query == null ? "" : query);
    if (asked == null) {
      return Refusal.QUERY;
    }
    HealthFormat format =
        asked.format == null
            ? Accept.choose(accept, settings.defaultFormat())
            : HealthFormat.byParameter(asked.format);
    if (format == null) {
      return Refusal.FORMAT;
    }
    if (check != null) {
      asked.check.add(check);
    }
    if (!asked.narrows()) {
      return place.page(format, level, asked.verbose);
    }
    HealthQuery narrowed = narrowed(place.query(), asked, level);
    return narrowed == null
        ? Refusal.UNKNOWN
        : new Page(settings, place.name(), narrowed, format, level, asked.verbose);
  }

  /** Null where something is unknown, or where the caller may not know. */
  private @Nullable HealthQuery narrowed(HealthQuery all, Parameters asked, Disclosure level) {
    if (level == Disclosure.STATUS
        || !registry.names().containsAll(asked.check)
        || !registry.names().containsAll(asked.exclude)
        || !registry.tags().containsAll(asked.tag)) {
      return null;
    }
    HealthQuery query = all;
    for (String name : asked.check) {
      query = query.only(name);
    }
    for (String name : asked.exclude) {
      query = query.excluding(name);
    }
    for (String tag : asked.tag) {
      query = query.tagged(tag);
    }
    return query;
  }
}
