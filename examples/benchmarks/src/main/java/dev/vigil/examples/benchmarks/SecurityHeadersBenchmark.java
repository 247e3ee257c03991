package dev.vigil.examples.benchmarks;

import dev.vigil.headers.SecurityHeaders;
import dev.vigil.headers.servlet.SecurityHeadersFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.filters.HttpHeaderSecurityFilter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * What the headers of one answer cost, written into Tomcat's own store of headers by each
 * contestant: the floor is the same headers set directly. Run with {@code -prof gc} for bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SecurityHeadersBenchmark {

  private static final String NONCE = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String CSP = "Content-Security-Policy";

  private final HttpServletRequest request = HeaderStore.request("/orders/17");
  private final HeaderStore response = new HeaderStore();
  private final FilterChain chain = (request, response) -> {};
  private final SecureRandom random = new SecureRandom();
  private final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();

  private String[] names;
  private String[] values;
  private String[] pageNames;
  private String[] pageValues;
  private String[] csp;
  private SecurityHeadersFilter ours;
  private SecurityHeadersFilter oursByPath;
  private SecurityHeadersFilter oursWithNonce;
  private HeaderWriterFilter spring;
  private HeaderWriterFilter springEager;
  private HttpHeaderSecurityFilter tomcat;

  /** Gives all contestants the headers of one policy; Tomcat's filter has its own three. */
  @Setup
  public void build() throws ServletException {
    Map<String, String> api = SecurityHeaders.api().headers(true, NONCE);
    names = api.keySet().toArray(String[]::new);
    values = api.values().toArray(String[]::new);
    Map<String, String> page = SecurityHeaders.strict().headers(true, NONCE);
    csp = page.remove(CSP).split(NONCE, -1);
    pageNames = page.keySet().toArray(String[]::new);
    pageValues = page.values().toArray(String[]::new);

    ours = SecurityHeadersFilter.builder(SecurityHeaders.api()).build();
    oursWithNonce = SecurityHeadersFilter.builder(SecurityHeaders.strict()).build();
    SecurityHeadersFilter.Builder byPath = SecurityHeadersFilter.builder(SecurityHeaders.api());
    for (int i = 0; i < 20; i++) {
      byPath.path("/part" + i + "/*", SecurityHeaders.spa());
    }
    oursByPath = byPath.build();

    List<HeaderWriter> writers = new ArrayList<>();
    api.forEach((name, value) -> writers.add(new StaticHeadersWriter(name, value)));
    spring = new HeaderWriterFilter(writers);
    spring.afterPropertiesSet();
    springEager = new HeaderWriterFilter(writers);
    springEager.setShouldWriteHeadersEagerly(true);
    springEager.afterPropertiesSet();
    tomcat = new HttpHeaderSecurityFilter();
    tomcat.setHstsMaxAgeSeconds(63_072_000);
    tomcat.init(HeaderStore.config());
  }

  /** Only the emptying of the store, which every figure below contains. */
  @Benchmark
  public HeaderStore nothing() {
    return response.cleared();
  }

  /** The headers of the preset api, set directly. */
  @Benchmark
  public HeaderStore floor() {
    return set(names, values);
  }

  private HeaderStore set(String[] names, String[] values) {
    HeaderStore store = response.cleared();
    for (int i = 0; i < names.length; i++) {
      store.setHeader(names[i], values[i]);
    }
    return store;
  }

  /** The preset api, one policy for all paths. */
  @Benchmark
  public HttpServletResponse vigil() throws IOException, ServletException {
    ours.doFilter(request, response.cleared(), chain);
    return response;
  }

  /** The preset api, found after twenty patterns that do not match. */
  @Benchmark
  public HttpServletResponse vigilAmongTwentyPatterns() throws IOException, ServletException {
    oursByPath.doFilter(request, response.cleared(), chain);
    return response;
  }

  /** The same headers by Spring Security, written when the answer is committed: its default. */
  @Benchmark
  public HttpServletResponse springSecurity() throws IOException, ServletException {
    spring.doFilter(request, response.cleared(), chain);
    return response;
  }

  /** The same headers by Spring Security, written up front. */
  @Benchmark
  public HttpServletResponse springSecurityEager() throws IOException, ServletException {
    springEager.doFilter(request, response.cleared(), chain);
    return response;
  }

  /** Three headers by Tomcat's filter; it has no more. */
  @Benchmark
  public HttpServletResponse tomcatThreeHeaders() throws IOException, ServletException {
    tomcat.doFilter(request, response.cleared(), chain);
    return response;
  }

  /** The headers of the preset strict set directly, with a nonce of one shared SecureRandom. */
  @Benchmark
  public HeaderStore floorWithNonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String nonce = base64.encodeToString(bytes);
    HeaderStore store = set(pageNames, pageValues);
    store.setHeader(CSP, csp[0] + nonce + csp[1] + nonce + csp[2]);
    return store;
  }

  /** The preset strict, with a nonce for each request. */
  @Benchmark
  public HttpServletResponse vigilWithNonce() throws IOException, ServletException {
    oursWithNonce.doFilter(request, response.cleared(), chain);
    return response;
  }
}
