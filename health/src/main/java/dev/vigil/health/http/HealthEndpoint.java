package dev.vigil.health.http;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Finding;
import dev.vigil.core.Profile;
import dev.vigil.core.Redactor;
import dev.vigil.core.internal.Require;
import dev.vigil.health.HealthRegistry;
import dev.vigil.health.internal.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers HTTP requests about a registry's health, whatever server they come from.
 *
 * <pre>{@code
 * HealthEndpoint endpoint = HealthEndpoint.builder(registry)
 *     .disclosure(Disclosure.CHECKS)
 *     .authoriser(Authoriser.bearer(token))
 *     .build();
 * server.createContext("/health", HealthHttpHandler.of(endpoint));
 * }</pre>
 *
 * <p><b>Paths</b> below the mount point: none (all checks), {@code /live}, {@code /ready}, {@code
 * /startup} or {@code /started}, {@code /group/{name}}, {@code /check/{name}}, and {@code /page}, a
 * status page for people. <b>Parameters</b>: {@code check}, {@code exclude}, {@code tag} (each may
 * be repeated) narrow what is asked; {@code format} names a {@link HealthFormat} and beats {@code
 * Accept}; {@code verbose}. <b>Answers</b>: 200 for healthy and degraded, 503 for unhealthy, unless
 * told otherwise; 400 for an unknown format or a malformed query, 401 for wrong credentials, 404
 * for what there is not, 405 for other methods than GET and HEAD. No answer repeats anything of its
 * request, none may be stored by caches.
 *
 * <p><b>For authorised callers only</b>, 401 for others: {@code GET /audit} lists all findings,
 * {@code POST /beat/{name}} beats a {@link dev.vigil.health.checks.HeartbeatCheck}, {@code POST
 * /drill/{name}} orders a drill where {@link Builder#drills} is on. Bodies are ignored.
 *
 * <p><b>Who sees what</b>: see {@link Disclosure} and {@link Authoriser}. Details are redacted, and
 * a check adds 4 KB to a body at most.
 *
 * <p><b>Under load</b> a body is written once for each report, not once for each request; {@link
 * HealthRegistry} says how often there is a new one. <b>Under failure</b> it answers all the same,
 * by the registry's response deadline; it never throws.
 *
 * <p>Thread-safe.
 */
public final class HealthEndpoint {

  private static final String AUDIT = "/audit";

  private final Router router;
  private final Disclosure disclosure;
  private final @Nullable Authoriser authoriser;
  private final Refusal unauthorised;
  private final PostRoutes posts;
  private final AuditPage audit;
  private final @Nullable StatusPage page;
  private final AtomicBoolean authoriserFailed = new AtomicBoolean();

  private HealthEndpoint(Builder builder, Disclosure disclosure) {
    EndpointSettings settings =
        new EndpointSettings(
            builder.registry,
            builder.format,
            builder.redactor,
            builder.healthyCode,
            builder.degradedCode,
            builder.unhealthyCode);
    this.router = new Router(settings);
    this.disclosure = disclosure;
    this.authoriser = builder.authoriser;
    this.unauthorised =
        Refusal.of(
            401,
            "the credentials are not accepted",
            authoriser == null ? Map.of() : challenge(authoriser));
    this.posts = new PostRoutes(builder.registry, unauthorised, builder.drills);
    this.audit = new AuditPage(builder.registry, builder.audits, builder.redactor);
    this.page = builder.page ? StatusPage.load(settings, authoriser) : null;
  }

  private static Map<String, String> challenge(Authoriser authoriser) {
    String challenge = authoriser.challenge().orElse("");
    if (challenge.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "an authoriser's challenge must be one line of printable ASCII, since it is sent as a"
              + " header, but has other characters");
    }
    return challenge.isEmpty() ? Map.of() : Map.of("WWW-Authenticate", challenge);
  }

  /** An endpoint with the defaults that {@link Builder} names. */
  public static HealthEndpoint of(HealthRegistry registry) {
    return builder(registry).build();
  }

  /** An endpoint to be. */
  public static Builder builder(HealthRegistry registry) {
    return new Builder(registry);
  }

  /**
   * Answers a request. Blocks while checks run, by the registry's response deadline at most; the
   * common requests allocate nothing while the report stays the same.
   */
  public HealthResponse handle(HealthRequest request) {
    HealthResponse response = route(request).answer();
    return request.method().equals("HEAD") ? response.head() : response;
  }

  /**
   * Answers a request without blocking, except in checks that are inline.
   *
   * @return completed at once where the answer is known, else on one of the registry's threads,
   *     which what depends on it should not block; never exceptionally
   */
  public CompletableFuture<HealthResponse> handleAsync(HealthRequest request) {
    CompletableFuture<HealthResponse> response = route(request).answerLater();
    return request.method().equals("HEAD") ? response.thenApply(HealthResponse::head) : response;
  }

  private Route route(HealthRequest request) {
    String method = request.method();
    String path = request.path();
    boolean post = method.equals("POST") && authoriser != null && posts.takes(path);
    if (!post && !method.equals("GET") && !method.equals("HEAD")) {
      return Refusal.METHOD;
    }
    Route file = page == null ? null : page.file(request);
    if (file != null) {
      return file;
    }
    boolean feed = page != null && StatusPage.isFeed(path);
    Authoriser.Verdict verdict =
        authoriser == null ? Authoriser.Verdict.NONE : judge(authoriser, request);
    boolean granted = verdict == Authoriser.Verdict.GRANTED;
    if (verdict == Authoriser.Verdict.REFUSED) {
      return feed ? StatusPage.REFUSED : unauthorised;
    }
    if (post) {
      return posts.route(request, granted);
    }
    if (path.equals(AUDIT) && authoriser != null) {
      return granted ? audit : unauthorised;
    }
    Disclosure level = granted ? Disclosure.DETAILS : disclosure;
    if (page != null && feed) {
      return page.feed(request, level);
    }
    String via = request.header(Chain.VIA);
    return via == null
        ? router.route(path, request.query(), request.header("Accept"), level)
        : router.chained(path, request.query(), request.header("Accept"), level, via);
  }

  private Authoriser.Verdict judge(Authoriser judge, HealthRequest request) {
    try {
      return judge.judge(request);
    } catch (RuntimeException failure) {
      if (authoriserFailed.compareAndSet(false, true)) {
        ErrorReporter.logging()
            .report("asking the health endpoint's authoriser (said once)", failure);
      }
      return Authoriser.Verdict.NONE;
    }
  }

  /** Collects settings. Not thread-safe; {@link #build} may be called more than once. */
  public static final class Builder {

    private final HealthRegistry registry;
    private @Nullable Disclosure disclosure;
    private @Nullable Profile profile;
    private @Nullable Authoriser authoriser;
    private boolean page = true;
    private HealthFormat format = HealthFormat.NATIVE;
    private Redactor redactor = Redactor.standard();
    private final List<Supplier<? extends List<Finding>>> audits = new ArrayList<>();
    private boolean drills;
    private int healthyCode = 200;
    private int degradedCode = 200;
    private int unhealthyCode = 503;

    private Builder(HealthRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * What anonymous callers see; follows from the profile by default.
     *
     * @return this
     */
    public Builder disclosure(Disclosure disclosure) {
      this.disclosure = Objects.requireNonNull(disclosure, "disclosure");
      return this;
    }

    /**
     * The profile that decides what anonymous callers see where {@link #disclosure} is not set.
     *
     * @param profile {@link Profile#fromEnvironment()} by default
     * @return this
     */
    public Builder profile(Profile profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /**
     * Who sees details; nobody by default.
     *
     * @return this
     */
    public Builder authoriser(Authoriser authoriser) {
      this.authoriser = Objects.requireNonNull(authoriser, "authoriser");
      return this;
    }

    /**
     * Whether there is a status page for people at {@code /page}; there is by default. Its files
     * say nothing about the application, and what it reads is what the JSON would show its reader.
     *
     * @return this
     */
    public Builder page(boolean shown) {
      page = shown;
      return this;
    }

    /**
     * The format for callers that do not choose.
     *
     * @param format {@link HealthFormat#NATIVE} by default
     * @return this
     */
    public Builder defaultFormat(HealthFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * The HTTP status codes of reports.
     *
     * @param healthy 200 to 599; 200 by default
     * @param degraded 200 to 599; 200 by default
     * @param unhealthy 200 to 599; 503 by default
     * @return this
     * @throws IllegalArgumentException if one is out of range, or allows no body (204, 205, 304)
     */
    public Builder statusCodes(int healthy, int degraded, int unhealthy) {
      healthyCode = code("healthy", healthy);
      degradedCode = code("degraded", degraded);
      unhealthyCode = code("unhealthy", unhealthy);
      return this;
    }

    private static int code(String name, int code) {
      Require.between(name, 200, 599, code);
      if (code == 204 || code == 205 || code == 304) {
        throw new IllegalArgumentException(
            name + " must be a status code that has a body but was " + code);
      }
      return code;
    }

    /**
     * Lets authorised callers order a {@linkplain HealthRegistry#drill drill} by {@code POST
     * /health/drill/{name}?who=NAME&for=PT5M}; off by default.
     *
     * @return this
     */
    public Builder drills(boolean allowed) {
      drills = allowed;
      return this;
    }

    /**
     * Adds findings to those of the registry at {@code /health/audit}; may be called more than
     * once.
     *
     * @param findings asked at each request, on the server's thread; must not block
     * @return this
     */
    public Builder audit(Supplier<? extends List<Finding>> findings) {
      audits.add(Objects.requireNonNull(findings, "findings"));
      return this;
    }

    /**
     * What all messages and data pass before anyone sees them; {@link Redactor#standard()} by
     * default.
     *
     * @return this
     */
    public Builder redactor(Redactor redactor) {
      this.redactor = Objects.requireNonNull(redactor, "redactor");
      return this;
    }

    /**
     * The endpoint.
     *
     * @throws IllegalArgumentException if neither {@link #disclosure} nor {@link #profile} is set
     *     and the environment names a profile that there is not, or if the authoriser's challenge
     *     is no header value
     */
    public HealthEndpoint build() {
      Disclosure anonymous = disclosure;
      if (anonymous == null) {
        anonymous = Disclosure.defaultFor(profile == null ? Profile.fromEnvironment() : profile);
      }
      return new HealthEndpoint(this, anonymous);
    }
  }
}
