package dev.vigil.health.http;

import dev.vigil.core.ErrorReporter;
import dev.vigil.health.HealthGroup;
import dev.vigil.health.HealthQuery;
import dev.vigil.health.HealthReport;
import dev.vigil.health.internal.Chain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Some checks, shown in one format at one level of disclosure. Keeps what it has written for as
 * long as the registry hands out the same report.
 */
final class Page implements Route {

  /** A buffer that one large body has grown further than this is not worth keeping. */
  private static final int LARGEST_SPARE = 64 * 1024;

  /** In every format, some of which have no other place for it. */
  private static final Map<String, String> DRILL = Map.of("Vigil-Drill", "true");

  private static final AtomicReference<@Nullable ByteArrayOutputStream> SPARE =
      new AtomicReference<>();

  private final EndpointSettings settings;
  private final String view;
  private final HealthQuery query;
  private final HealthFormat format;
  private final BodyFormat body;
  private final Disclosure level;
  private final boolean verbose;

  /**
   * The last one written. Not volatile: both parts are final, so that a thread sees a whole one,
   * and one that sees an old one writes it anew.
   */
  private @Nullable Written last;

  private record Written(HealthReport report, HealthResponse response) {}

  Page(
      EndpointSettings settings,
      String view,
      HealthQuery query,
      HealthFormat format,
      Disclosure level,
      boolean verbose) {
    this.settings = settings;
    this.view = view;
    this.query = query;
    this.format = format;
    this.body = BodyFormat.of(format);
    this.level = level;
    this.verbose = verbose;
  }

  HealthQuery query() {
    return query;
  }

  /** The same of other checks, with our place in a chain of services. */
  Route with(HealthQuery other, String chain) {
    return new ChainedPage(new Page(settings, view, other, format, level, verbose), chain);
  }

  /** A page that also tells which services its report is made of. */
  private record ChainedPage(Page page, String chain) implements Route {

    @Override
    public HealthResponse answer() {
      return page.answer().with(Chain.CHAIN, chain);
    }

    @Override
    public CompletableFuture<HealthResponse> answerLater() {
      return page.answerLater().thenApply(answer -> answer.with(Chain.CHAIN, chain));
    }
  }

  @Override
  public HealthResponse answer() {
    HealthReport report;
    try {
      report = settings.registry().check(query);
    } catch (IllegalArgumentException goneMeanwhile) {
      return Refusal.UNKNOWN.response();
    }
    return show(report);
  }

  @Override
  public CompletableFuture<HealthResponse> answerLater() {
    try {
      return settings.registry().checkAsync(query).thenApply(this::show);
    } catch (IllegalArgumentException goneMeanwhile) {
      return Refusal.UNKNOWN.answerLater();
    }
  }

  private HealthResponse show(HealthReport report) {
    Written known = last;
    if (known != null && known.report == report) {
      return known.response;
    }
    if (report.entries().isEmpty() && !(query.only().isEmpty() && query.tags().isEmpty())) {
      // Names and tags that exist but never together: "healthy" would be said of nothing.
      return Refusal.UNKNOWN.response();
    }
    HealthResponse response;
    try {
      response = written(report);
    } catch (IOException | RuntimeException failure) {
      ErrorReporter.logging().report("writing a health report", failure);
      return Refusal.BROKEN.response();
    }
    last = new Written(report, response);
    return response;
  }

  private HealthResponse written(HealthReport report) throws IOException {
    ByteArrayOutputStream spare = SPARE.getAndSet(null);
    ByteArrayOutputStream out = spare == null ? new ByteArrayOutputStream(2048) : spare;
    out.reset();
    body.write(new Rendering(report, level, view, verbose, groups(), settings.redactor()), out);
    byte[] bytes = out.toByteArray();
    if (bytes.length <= LARGEST_SPARE) {
      SPARE.set(out);
    }
    return HealthResponse.of(
        settings.code(report.status()),
        format.contentType(),
        bytes,
        report.drill() ? DRILL : Map.of());
  }

  /** Actuator lists them, and with the whole only. */
  private List<String> groups() {
    return format == HealthFormat.ACTUATOR && query.equals(HealthQuery.all())
        ? settings.registry().groups().stream().map(HealthGroup::name).toList()
        : List.of();
  }
}
