package dev.vigil.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Which server answers about health.
 *
 * <p>{@code management.server.port} means here what it means to Actuator. Where Actuator opens a
 * server at that port, the endpoint goes into that server, since two cannot listen on one port;
 * where there is no Actuator, a server of our own opens there.
 */
enum EndpointPlace {
  /** The application's own server. */
  MAIN,
  /** The server that Actuator opens at management.server.port. */
  MANAGEMENT,
  /** A small server of ours. */
  OWN,
  /** None: management.server.port is negative, which is Actuator's way to say so. */
  NOWHERE;

  private static final String PORT = "vigil.health.port";
  private static final String MANAGEMENT_PORT = "management.server.port";

  /** The same in Boot 3.5 and 4.0. */
  private static final String MANAGEMENT_SERVER =
      "org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration";

  static EndpointPlace in(Environment environment, @Nullable ClassLoader loader) {
    if (environment.getProperty(PORT) != null) {
      return OWN;
    }
    Integer management = port(environment, MANAGEMENT_PORT);
    if (management == null) {
      return MAIN;
    }
    if (management < 0) {
      return NOWHERE;
    }
    Integer server = port(environment, "server.port");
    // Boot's ManagementPortType: 8080 is what an unset server.port is.
    boolean same = management != 0 && management.equals(server == null ? 8080 : server);
    if (same) {
      return MAIN;
    }
    return ClassUtils.isPresent(MANAGEMENT_SERVER, loader) ? MANAGEMENT : OWN;
  }

  /** Where a server of our own listens. */
  static int ownPort(Environment environment, HealthProperties health) {
    Integer management = port(environment, MANAGEMENT_PORT);
    Integer own = health.port();
    return own != null ? own : management == null ? 0 : management;
  }

  static void check(Environment environment, HealthProperties health, PropertyFaults faults) {
    String path = health.path();
    if (!path.startsWith("/") || path.endsWith("/") || path.contains("*")) {
      faults.refuse(
          "vigil.health.path", path, "a path such as /health, without a slash at its end", null);
    }
    Integer own = health.port();
    if (own == null || own == 0) {
      return;
    }
    if (own.equals(port(environment, "server.port"))) {
      faults.add(PORT, taken(own, "server.port", "leave vigil.health.port out"), null);
    } else if (own.equals(port(environment, MANAGEMENT_PORT))) {
      faults.add(
          PORT,
          taken(own, MANAGEMENT_PORT, "leave vigil.health.port out: health is served there too"),
          null);
    }
  }

  private static String taken(int port, String by, String wayOut) {
    return "was \"" + port + "\", which is " + by + "'s; take another port, or " + wayOut;
  }

  private static @Nullable Integer port(Environment environment, String property) {
    String text = environment.getProperty(property);
    try {
      return text == null || text.isBlank() ? null : Integer.valueOf(text.strip());
    } catch (NumberFormatException notANumber) {
      return null; // Boot refuses it in its own words.
    }
  }
}
