package dev.vigil.examples.service;

import static java.time.Duration.ofSeconds;

import dev.vigil.core.ShutdownSequence;
import dev.vigil.health.http.AdminServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo: a small orders API on Jetty, PostgreSQL and Redis, with Vigil watching. {@code mvn
 * -Pdemo} runs it; {@link Settings} says what can be set. Ctrl-C or SIGTERM drains, then stops.
 */
public final class DemoService implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DemoService.class);

  /** Enough for a load balancer that probes every second, and short enough for a demo. */
  private static final long DRAIN_MILLIS = 2_000;

  private final DatabaseServer database;
  private final CacheServer cache;
  private final Vendor vendor;
  private final MetricsFeature metrics;
  private final HealthFeature health;
  private final RateLimitFeature rateLimit;
  private final Server server;
  private final ServerConnector connector;
  private final AdminServer admin;
  private final ShutdownSequence shutdown;

  private DemoService(Settings settings) throws Exception {
    database = DatabaseServer.start(settings.databaseUrl());
    cache = CacheServer.start(settings.redisUrl());
    vendor = Vendor.start(settings.vendorUrl());
    metrics = new MetricsFeature(settings);
    health = new HealthFeature(settings, database, cache, vendor);
    metrics.watch(health.registry(), database);
    rateLimit = new RateLimitFeature(settings, cache, metrics.registry());
    Map<String, Breakable> faults = new LinkedHashMap<>();
    faults.put("database", database);
    faults.put("cache", cache);
    faults.put("vendor", vendor);
    List<Feature> features =
        List.of(
            metrics, // outermost, so that refusals count too
            new SecurityFeature(settings),
            rateLimit, // behind the headers, so that a refusal carries them too
            health,
            new PageFeature(),
            new OrdersFeature(
                new Orders(database.pool(), metrics.meters().databaseQueryTime()),
                cache.client(),
                metrics.meters()),
            new FaultsFeature(faults, settings.adminToken()));

    server = new Server(new QueuedThreadPool(50));
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false); // written by the connector, where no filter reaches
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setPort(settings.port());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    features.forEach(feature -> feature.addTo(context));
    server.setHandler(new GracefulHandler(context));
    server.setStopTimeout(ofSeconds(5).toMillis());

    admin =
        AdminServer.start(
            settings.adminPort(),
            Map.of("/health", health.handler(), "/metrics", metrics.handler()));
    shutdown =
        ShutdownSequence.builder()
            .step("drain", ofSeconds(1), () -> health.registry().drain("shutting down"))
            .step("let load balancers notice", ofSeconds(10), () -> Thread.sleep(DRAIN_MILLIS))
            .step("stop the server", ofSeconds(10), server::stop)
            .closing("admin server", ofSeconds(2), admin)
            .closing("health", ofSeconds(5), health)
            .closing("metrics", ofSeconds(5), metrics)
            .closing("vendor's stand-in", ofSeconds(2), vendor)
            .closing("rate limiter", ofSeconds(2), rateLimit)
            .closing("cache", ofSeconds(5), cache)
            .closing("database", ofSeconds(20), database)
            .build();
  }

  /** Starts the service; it serves when this returns. */
  static DemoService start(Settings settings) throws Exception {
    DemoService service = new DemoService(settings);
    service.server.start();
    service.health.registry().started();
    return service;
  }

  int port() {
    return connector.getLocalPort();
  }

  int adminPort() {
    return admin.port();
  }

  DatabaseServer database() {
    return database;
  }

  CacheServer cache() {
    return cache;
  }

  Vendor vendor() {
    return vendor;
  }

  /** Drains, then stops everything, in order. */
  @Override
  public void close() {
    shutdown.run();
  }

  /** Runs the demo until it is interrupted. */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.from(System.getenv());
    DemoService service = start(settings);
    service.shutdown.installHook();
    service.say(settings);
  }

  private void say(Settings settings) {
    String base = "http://localhost:" + port();
    log.info("up with profile {}; look at", settings.profile());
    log.info("  {}/                orders, on a page that runs no one else's script", base);
    log.info("  {}/health          how it is (add a bearer token for details)", base);
    log.info("  {}/health/ready    may traffic come here", base);
    log.info("  {}/api/orders      GET lists orders, POST places one", base);
    log.info("  http://localhost:{}/health/live    liveness on a port of its own", adminPort());
    log.info("  http://localhost:{}/metrics        for Prometheus", adminPort());
    log.info(
        "break something: curl -X POST -H 'Authorization: Bearer ...' '{}/demo/faults/database?on=true'",
        base);
    if (settings.adminTokenMadeUp()) {
      System.err.println("admin token (ADMIN_TOKEN is not set): " + settings.adminToken().reveal());
    }
    log.info("Ctrl-C drains and stops");
  }
}
