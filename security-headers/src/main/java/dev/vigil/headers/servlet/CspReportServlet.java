package dev.vigil.headers.servlet;

import dev.vigil.core.ErrorReporter;
import dev.vigil.core.Ticker;
import dev.vigil.core.TrustedProxies;
import dev.vigil.core.internal.Require;
import dev.vigil.headers.ContentSecurityPolicy;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes what browsers report that a policy stopped, and counts it by directive.
 *
 * <p>Anyone can post here, and browser extensions and broken pages do, without end. So a body has
 * at most 16 KiB (else 413) of which 20 reports are read, 50 reports a second pass in all and 5
 * from one client (by network, as {@link TrustedProxies.Origin#network()} has it), and what is
 * above is dropped, counted and answered 204 like the rest: an error would be tried again. What
 * extensions cause is passed over; what is like an earlier report is counted but not told to the
 * listener. A body that is no report is answered 400, another type 415, another method 405.
 *
 * <pre>{@code
 * CspReportServlet reports = CspReportServlet.builder().listener(report -> ...).build();
 * servletContext.addServlet("csp-reports", reports).addMapping("/csp-reports");
 * }</pre>
 *
 * <p>Or stored as an attribute of the ServletContext under this class's name with this class in
 * web.xml; or by web.xml alone with the init-params {@code per-second}, {@code per-client} and
 * {@code trusted-proxies}. Belongs before authentication and CSRF protection.
 *
 * <p>Thread-safe; what it remembers is bounded.
 */
public final class CspReportServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_BODY = 16 * 1024;
  private static final List<String> TYPES =
      List.of("application/csp-report", "application/reports+json", "application/json");
  private static final List<String> EXTENSIONS =
      List.of(
          "chrome-extension",
          "moz-extension",
          "safari-extension",
          "safari-web-extension",
          "ms-browser-extension");

  /** Why a report was not counted by its directive. */
  public enum Dropped {
    /** More came than pass in a second. */
    LIMITED,
    /** A browser extension caused it. */
    EXTENSION,
    /** It is no report. */
    MALFORMED
  }

  private final transient CspReportReader reader = new CspReportReader();
  private final transient Map<String, LongAdder> enforced = new ConcurrentHashMap<>();
  private final transient Map<String, LongAdder> reported = new ConcurrentHashMap<>();
  private final transient Map<Dropped, LongAdder> dropped = new ConcurrentHashMap<>();
  private transient volatile @Nullable Settings settings;
  private transient volatile @Nullable CspReportServlet found;

  private record Settings(
      ReportGate gate,
      Transport transport,
      CspReportListener listener,
      ErrorReporter errors,
      Ticker ticker) {}

  /** For containers; see the class comment for how it is configured then. */
  public CspReportServlet() {}

  /** Starts a servlet with the limits of the class comment, trusting no proxy. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How many reports came.
   *
   * @param directive one of {@link ContentSecurityPolicy#knownDirectives()}, or {@code other}
   * @param enforced whether of what was stopped, or of what was only reported on
   */
  public long count(String directive, boolean enforced) {
    CspReportServlet other = found;
    if (other != null) {
      return other.count(directive, enforced);
    }
    LongAdder count = (enforced ? this.enforced : reported).get(directive);
    return count == null ? 0 : count.sum();
  }

  /** How many reports, or bodies where none could be read, were dropped for this reason. */
  public long dropped(Dropped why) {
    CspReportServlet other = found;
    if (other != null) {
      return other.dropped(why);
    }
    LongAdder count = dropped.get(why);
    return count == null ? 0 : count.sum();
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    InitParameters parameters =
        InitParameters.of(config, "per-second", "per-client", "trusted-proxies");
    if (settings != null) {
      return;
    }
    if (config.getServletContext().getAttribute(CspReportServlet.class.getName())
        instanceof CspReportServlet built) {
      found = built;
      return;
    }
    try {
      settings =
          builder()
              .perSecond(parameters.number("per-second").orElse(Builder.PER_SECOND))
              .perClient(parameters.number("per-client").orElse(Builder.PER_CLIENT))
              .trustedProxies(TrustedProxies.of(parameters.list("trusted-proxies")))
              .settings();
    } catch (IllegalArgumentException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    CspReportServlet other = found;
    if (other != null) {
      other.service(request, response);
      return;
    }
    Settings now = settings;
    if (now == null) {
      throw new IllegalStateException("the servlet has not been initialised");
    }
    response.setHeader("Cache-Control", "no-store");
    response.setStatus(answer(request, response, now));
  }

  private int answer(HttpServletRequest request, HttpServletResponse response, Settings now)
      throws IOException {
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      return HttpServletResponse.SC_METHOD_NOT_ALLOWED;
    }
    if (!TYPES.contains(type(request))) {
      return HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE;
    }
    if (request.getContentLengthLong() > LONGEST_BODY) {
      return HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    }
    String client = now.transport().origin(request).network();
    if (now.gate().isShut(client, now.ticker().read())) {
      drop(Dropped.LIMITED);
      return HttpServletResponse.SC_NO_CONTENT;
    }
    byte[] body;
    try (InputStream in = request.getInputStream()) {
      body = in.readNBytes(LONGEST_BODY + 1);
    }
    if (body.length > LONGEST_BODY) {
      return HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
    }
    try {
      reader.read(body).forEach(report -> take(report, client, now));
      return HttpServletResponse.SC_NO_CONTENT;
    } catch (IOException e) { // Jackson's, of the body in memory; no I/O is done here
      drop(Dropped.MALFORMED);
      return HttpServletResponse.SC_BAD_REQUEST;
    }
  }

  private static String type(HttpServletRequest request) {
    String type = request.getContentType();
    int parameters = type == null ? -1 : type.indexOf(';');
    return type == null
        ? ""
        : (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private void take(CspReport report, String client, Settings now) {
    if (isExtension(report.blocked()) || isExtension(report.source())) {
      drop(Dropped.EXTENSION);
    } else if (!now.gate().admits(client, now.ticker().read())) {
      drop(Dropped.LIMITED);
    } else {
      (report.enforced() ? enforced : reported)
          .computeIfAbsent(report.directive(), key -> new LongAdder())
          .increment();
      if (now.gate().isNew(report.kind())) {
        tell(report, now);
      }
    }
  }

  private static void tell(CspReport report, Settings now) {
    try {
      now.listener().onReport(report);
    } catch (RuntimeException e) {
      now.errors().report("calling a listener of CSP reports", e);
    }
  }

  private static boolean isExtension(String address) {
    int colon = address.indexOf(':');
    return EXTENSIONS.contains(colon < 0 ? address : address.substring(0, colon));
  }

  private void drop(Dropped why) {
    dropped.computeIfAbsent(why, key -> new LongAdder()).increment();
  }

  /** Builds a servlet. Not thread-safe. */
  public static final class Builder {

    static final int PER_SECOND = 50;
    static final int PER_CLIENT = 5;

    private int perSecond = PER_SECOND;
    private int perClient = PER_CLIENT;
    private TrustedProxies proxies = TrustedProxies.none();
    private CspReportListener listener = report -> {};
    private ErrorReporter errors = ErrorReporter.logging();
    private Ticker ticker = Ticker.system();

    private Builder() {}

    /** How many reports pass a second, 1 to 10,000; 50 by default. */
    public Builder perSecond(int reports) {
      perSecond = Require.between("per-second", 1, 10_000, reports);
      return this;
    }

    /** How many reports of one client pass a second, 1 to 10,000; 5 by default. */
    public Builder perClient(int reports) {
      perClient = Require.between("per-client", 1, 10_000, reports);
      return this;
    }

    /** Who may say by a header where a request comes from; no one by default. */
    public Builder trustedProxies(TrustedProxies proxies) {
      this.proxies = Objects.requireNonNull(proxies, "proxies");
      return this;
    }

    /** Who hears of reports of a new kind; no one by default. */
    public Builder listener(CspReportListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** Where a listener's failures go; to the log by default. */
    public Builder errors(ErrorReporter errors) {
      this.errors = Objects.requireNonNull(errors, "errors");
      return this;
    }

    Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /** Builds the servlet. */
    public CspReportServlet build() {
      CspReportServlet servlet = new CspReportServlet();
      servlet.settings = settings();
      return servlet;
    }

    private Settings settings() {
      return new Settings(
          new ReportGate(perSecond, perClient, ticker.read()),
          new Transport(proxies),
          listener,
          errors,
          ticker);
    }
  }
}
