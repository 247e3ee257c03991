package dev.vigil.health.http;

import dev.vigil.health.HealthQuery;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Some checks that a path leads to, with a {@link Page} for each way of showing them. */
final class Place {

  private final String name;
  private final HealthQuery query;
  private final Map<Disclosure, Map<HealthFormat, Page>> pages = new EnumMap<>(Disclosure.class);
  private final Map<Disclosure, Page> verbose = new EnumMap<>(Disclosure.class);

  /**
   * Makes all pages, which costs less than a lock at each request.
   *
   * @param name in the words of Kubernetes' API server
   */
  Place(EndpointSettings settings, String name, HealthQuery query) {
    this.name = name;
    this.query = query;
    for (Disclosure level : Disclosure.values()) {
      Map<HealthFormat, Page> byFormat = new EnumMap<>(HealthFormat.class);
      for (HealthFormat format : HealthFormat.values()) {
        byFormat.put(format, new Page(settings, name, query, format, level, false));
      }
      pages.put(level, byFormat);
      verbose.put(level, new Page(settings, name, query, HealthFormat.KUBERNETES, level, true));
    }
  }

  String name() {
    return name;
  }

  HealthQuery query() {
    return query;
  }

  /** The page that shows all of this place's checks. */
  Page page(HealthFormat format, Disclosure level, boolean lines) {
    boolean longForm = lines && format == HealthFormat.KUBERNETES; // the others have but one form
    Page page =
        longForm ? verbose.get(level) : Objects.requireNonNull(pages.get(level)).get(format);
    return Objects.requireNonNull(page); // the constructor made all
  }
}
