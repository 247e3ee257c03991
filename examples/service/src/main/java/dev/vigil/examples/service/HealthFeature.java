package dev.vigil.examples.service;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import com.sun.net.httpserver.HttpHandler;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.checks.DeadlockCheck;
import dev.vigil.health.checks.DiskSpaceCheck;
import dev.vigil.health.checks.HttpCheck;
import dev.vigil.health.checks.MemoryCheck;
import dev.vigil.health.hikari.HikariCheck;
import dev.vigil.health.http.Authoriser;
import dev.vigil.health.http.HealthEndpoint;
import dev.vigil.health.http.HealthHttpHandler;
import dev.vigil.health.http.HealthServlet;
import dev.vigil.health.redis.JedisCheck;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** {@code /health} and what is below it, on the service's port and on the admin port. */
final class HealthFeature implements Feature, AutoCloseable {

  private final HealthRegistry registry;
  private final HealthEndpoint endpoint;

  HealthFeature(Settings settings, DatabaseServer database, CacheServer cache, Vendor vendor) {
    registry =
        HealthRegistry.builder()
            .version(DemoService.VERSION)
            .check(
                "database",
                HikariCheck.of(
                    database.pool(), check -> check.query("select 1").degradedOver(ofMillis(500))),
                c -> c.timeout(ofSeconds(3)).tags("storage"))
            .check("cache", JedisCheck.of(cache.client()), c -> c.timeout(ofSeconds(3)))
            .check(
                "stripe",
                HttpCheck.get(vendor.uri()).degradedOver(ofSeconds(1)),
                c ->
                    // A stand-in may be asked often, so that people can watch; a real vendor rather
                    // every 30 s.
                    c.every(ofSeconds(2)).timeout(ofSeconds(3)).notCritical())
            .check("memory", MemoryCheck.create(), c -> c.inline())
            .check("disk", DiskSpaceCheck.of(Path.of(".")))
            .check("deadlock", DeadlockCheck.create(), c -> c.group(HealthGroup.LIVENESS))
            .build();
    endpoint =
        HealthEndpoint.builder(registry)
            .profile(settings.profile())
            .authoriser(Authoriser.bearer(settings.adminToken()))
            .build();
  }

  HealthRegistry registry() {
    return registry;
  }

  HttpHandler handler() {
    return HealthHttpHandler.of(endpoint);
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServlet(new ServletHolder("health", new HealthServlet(endpoint)), "/health/*");
  }

  @Override
  public void close() {
    registry.close();
  }
}
