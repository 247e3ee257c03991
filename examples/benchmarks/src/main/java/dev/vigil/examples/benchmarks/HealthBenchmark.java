package dev.vigil.examples.benchmarks;

import com.codahale.metrics.health.HealthCheckRegistry;
import com.codahale.metrics.json.HealthCheckModule;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.HealthRegistryBuilder;
import dev.vigil.health.http.Disclosure;
import dev.vigil.health.http.HealthRequest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.DefaultHealthContributorRegistry;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.SimpleHttpCodeStatusMapper;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.StatusAggregator;

/**
 * One aggregate call over trivial checks: the object alone, and with the library's usual rendering
 * to bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HealthBenchmark {

  @Param({"1", "10", "100"})
  public int checks;

  private HealthRegistry cached;
  private HealthRegistry inline;
  private HealthRegistry pooled;
  private dev.vigil.health.http.HealthEndpoint cachedWords;
  private dev.vigil.health.http.HealthEndpoint cachedDetails;
  private dev.vigil.health.http.HealthEndpoint inlineWords;
  private dev.vigil.health.http.HealthEndpoint inlineDetails;
  private dev.vigil.health.http.HealthEndpoint pooledDetails;
  private HealthEndpoint spring;
  private ObjectMapper springJson;
  private HealthCheckRegistry dropwizard;
  private ObjectMapper dropwizardJson;
  private SeContainer container;
  private SmallRyeHealthReporter smallrye;

  /** Builds all contestants over the same trivial checks. */
  @Setup
  public void build() {
    HealthRegistryBuilder asCached = HealthRegistry.builder();
    HealthRegistryBuilder asInline = HealthRegistry.builder();
    HealthRegistryBuilder asPooled = HealthRegistry.builder();
    Map<String, HealthContributor> indicators = new LinkedHashMap<>();
    dropwizard = new HealthCheckRegistry();
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new io.smallrye.config.inject.ConfigExtension())
            .addBeanClasses(
                SmallRyeHealthReporter.class,
                io.smallrye.health.AsyncHealthCheckFactory.class,
                io.smallrye.health.registry.HealthRegistries.class,
                io.smallrye.health.registry.HealthRegistryImpl.class)
            .initialize();
    smallrye = container.select(SmallRyeHealthReporter.class).get();
    io.smallrye.health.api.HealthRegistry smallryeRegistry =
        container
            .select(io.smallrye.health.api.HealthRegistry.class, Liveness.Literal.INSTANCE)
            .get();
    for (int i = 0; i < checks; i++) {
      String name = "check" + i;
      asCached.check(name, context -> ours());
      asInline.check(name, context -> ours(), c -> c.inline().cacheFor(Duration.ZERO));
      asPooled.check(name, context -> ours(), c -> c.cacheFor(Duration.ZERO));
      indicators.put(name, (HealthIndicator) () -> Health.up().build());
      dropwizard.register(
          name,
          new com.codahale.metrics.health.HealthCheck() {
            @Override
            protected Result check() {
              return Result.healthy();
            }
          });
      // By its registry, which tells checks apart by name; the reporter does by class, and ours are
      // of one.
      smallryeRegistry.register(
          name,
          (org.eclipse.microprofile.health.HealthCheck)
              () -> HealthCheckResponse.named(name).up().build());
    }
    cached = asCached.build();
    inline = asInline.build();
    pooled = asPooled.build();
    cachedWords = endpoint(cached, Disclosure.CHECKS);
    cachedDetails = endpoint(cached, Disclosure.DETAILS);
    inlineWords = endpoint(inline, Disclosure.CHECKS);
    inlineDetails = endpoint(inline, Disclosure.DETAILS);
    pooledDetails = endpoint(pooled, Disclosure.DETAILS);
    spring =
        new HealthEndpoint(
            new DefaultHealthContributorRegistry(indicators),
            HealthEndpointGroups.of(new ShowAll(), Map.of()),
            Duration.ofSeconds(10));
    springJson = new ObjectMapper();
    dropwizardJson = new ObjectMapper().registerModule(new HealthCheckModule());
  }

  private static dev.vigil.health.http.HealthEndpoint endpoint(
      HealthRegistry registry, Disclosure disclosure) {
    return dev.vigil.health.http.HealthEndpoint.builder(registry).disclosure(disclosure).build();
  }

  private static dev.vigil.health.HealthResult ours() {
    return dev.vigil.health.HealthResult.healthy();
  }

  /** Lets threads go. */
  @TearDown
  public void close() {
    cached.close();
    inline.close();
    pooled.close();
    container.close();
  }

  @Benchmark
  public Object callVigilCached() {
    return cached.check();
  }

  @Benchmark
  public Object callVigilInline() {
    return inline.check();
  }

  @Benchmark
  public Object callVigilPooled() {
    return pooled.check();
  }

  @Benchmark
  public Object callSpring() {
    return spring.health();
  }

  @Benchmark
  public Object callDropwizard() {
    return dropwizard.runHealthChecks();
  }

  @Benchmark
  public Object callSmallrye() {
    return smallrye.getHealth();
  }

  @Benchmark
  public Object jsonVigilCachedWords() {
    return cachedWords.handle(GET);
  }

  @Benchmark
  public Object jsonVigilCachedDetails() {
    return cachedDetails.handle(GET);
  }

  @Benchmark
  public Object jsonVigilInlineWords() {
    return inlineWords.handle(GET);
  }

  @Benchmark
  public Object jsonVigilInlineDetails() {
    return inlineDetails.handle(GET);
  }

  @Benchmark
  public Object jsonVigilPooledDetails() {
    return pooledDetails.handle(GET);
  }

  @Benchmark
  public byte[] jsonSpring() throws IOException {
    HealthComponent health = spring.health();
    return springJson.writeValueAsBytes(health);
  }

  @Benchmark
  public byte[] jsonDropwizard() throws IOException {
    return dropwizardJson.writeValueAsBytes(dropwizard.runHealthChecks());
  }

  @Benchmark
  public byte[] jsonSmallrye() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    smallrye.reportHealth(out, smallrye.getHealth());
    return out.toByteArray();
  }

  /** A request as an adapter hands it in. */
  private static final HealthRequest GET =
      new HealthRequest() {
        @Override
        public String method() {
          return "GET";
        }

        @Override
        public String path() {
          return "";
        }

        @Override
        public String query() {
          return null;
        }

        @Override
        public String header(String name) {
          return null;
        }

        @Override
        public String peer() {
          return "127.0.0.1";
        }
      };

  /** What Spring Boot configures for {@code show-details=always}. */
  private static final class ShowAll implements HealthEndpointGroup {

    private final StatusAggregator aggregator = new SimpleStatusAggregator();
    private final HttpCodeStatusMapper mapper = new SimpleHttpCodeStatusMapper();

    @Override
    public boolean isMember(String name) {
      return true;
    }

    @Override
    public boolean showComponents(SecurityContext context) {
      return true;
    }

    @Override
    public boolean showDetails(SecurityContext context) {
      return true;
    }

    @Override
    public StatusAggregator getStatusAggregator() {
      return aggregator;
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
      return mapper;
    }

    @Override
    public org.springframework.boot.actuate.health.AdditionalHealthEndpointPath
        getAdditionalPath() {
      return null;
    }
  }
}
