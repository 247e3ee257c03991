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

  static final String VERSION = "0.1.0";

  /** Shown under every profile. */
  private static final Logger log = LoggerFactory.getLogger("vigil.lifecycle");

  /** Enough for a load balancer that probes every second, and short enough for a demo. */
  private static final long DRAIN_MILLIS = 2_000;

  private final DatabaseServer database;
  private final CacheServer cache;
  private final Vendor vendor;
  private final MetricsFeature metrics;
  private final HealthFeature health;
  private final RateLimitFeature rateLimit;
  private final AlertsFeature alerts;
  private final FailingAnswers failing;
  private final ErrorsFeature errors;
  private final Server server;
  private final ServerConnector connector;
  private final AdminServer admin;
  private final ShutdownSequence shutdown;

  private DemoService(Settings settings, LoggingFeature logging) throws Exception {
    errors = new ErrorsFeature(settings);
    database = DatabaseServer.start(settings.databaseUrl());
    cache = CacheServer.start(settings.redisUrl());
    vendor = Vendor.start(settings.vendorUrl());
    metrics = new MetricsFeature(settings);
    health = new HealthFeature(settings, database, cache, vendor);
    metrics.watch(health.registry(), database);
    logging.publish(metrics.registry());
    rateLimit = new RateLimitFeature(settings, cache, metrics.registry());
    alerts = new AlertsFeature(settings, metrics.registry());
    failing = new FailingAnswers(this::port);
    Map<String, Breakable> faults = new LinkedHashMap<>();
    faults.put("database", database);
    faults.put("cache", cache);
    faults.put("vendor", vendor);
    faults.put("errors", failing);
    List<Feature> features =
        List.of(
            logging, // before all others, so that their lines name the request too
            metrics, // before the headers, so that refusals count too
            new SecurityFeature(settings),
            errors,
            rateLimit, // behind the headers, so that a refusal carries them too
            failing,
            health,
            alerts,
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
            Map.of(
                "/health",
                health.handler(),
                "/metrics",
                metrics.handler(),
                "/alerts",
                alerts.handler()));
    shutdown =
        ShutdownSequence.builder()
            .step("drain", ofSeconds(1), () -> health.registry().drain("shutting down"))
            .step("let load balancers notice", ofSeconds(10), () -> Thread.sleep(DRAIN_MILLIS))
            .step("stop the server", ofSeconds(10), server::stop)
            .closing("admin server", ofSeconds(2), admin)
            .closing("errors on purpose", ofSeconds(1), failing)
            .closing("alerts", ofSeconds(5), alerts)
            .closing("health", ofSeconds(5), health)
            .closing("metrics", ofSeconds(5), metrics)
            .closing("vendor's stand-in", ofSeconds(2), vendor)
            .closing("rate limiter", ofSeconds(2), rateLimit)
            .closing("cache", ofSeconds(5), cache)
            .closing("database", ofSeconds(20), database)
            .closing("error reports", ofSeconds(5), errors)
            .closing("log", ofSeconds(6), logging)
            .build();
  }

  /** Starts the service; it serves when this returns. */
  static DemoService start(Settings settings) throws Exception {
    return start(settings, LoggingFeature.ofHost(settings));
  }

  private static DemoService start(Settings settings, LoggingFeature logging) throws Exception {
    DemoService service = new DemoService(settings, logging);
    service.server.start();
    service.alerts.start(service.port());
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
    DemoService service = start(settings, LoggingFeature.install(settings));
    service.errors.handleUncaught();
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
    log.info("  http://localhost:{}/alerts         rules and where they stand", adminPort());
    log.info(
        "break something: curl -X POST -H 'Authorization: Bearer ...' '{}/demo/faults/database?on=true'",
        base);
    if (settings.adminTokenMadeUp()) {
      System.err.println("admin token (ADMIN_TOKEN is not set): " + settings.adminToken().reveal());
    }
    log.info("Ctrl-C drains and stops");
  }
}
