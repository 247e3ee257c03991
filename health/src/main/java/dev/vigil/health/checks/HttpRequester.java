package dev.vigil.health.checks;

import dev.vigil.health.CheckContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Sends one request and follows where it is sent, all within the time that a run has left. */
final class HttpRequester {

  private static final int MOST_REDIRECTS = 5;

  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final LazyHttpClient client;

  private HttpRequester(
      String method, URI uri, Map<String, String> headers, LazyHttpClient client) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.client = client;
  }

  static HttpRequester of(String method, URI uri) {
    Objects.requireNonNull(uri, "uri");
    String scheme = uri.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    // The URI itself may hold a secret, so none of it is shown.
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "uri must be absolute, http or https, and name a host but its scheme was "
              + scheme
              + (uri.getHost() == null ? " and it had no host" : ""));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "uri must not hold user and password, which would not be sent; use header(\"Authorization\", Secret)");
    }
    return new HttpRequester(method, uri, Map.of(), LazyHttpClient.standard());
  }

  HttpRequester header(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
    } catch (IllegalArgumentException e) {
      // Without its cause, whose text has the value.
      throw new IllegalArgumentException(
          "header \""
              + name
              + "\" cannot be sent: its name is reserved, or name or value hold a character that HTTP does not allow");
    }
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new HttpRequester(method, uri, more, client);
  }

  HttpRequester sslContext(SSLContext context) {
    return new HttpRequester(method, uri, headers, LazyHttpClient.with(context));
  }

  String method() {
    return method;
  }

  /** The answer, or that of where it redirects to, unless the redirect itself is expected. */
  HttpAnswer ask(CheckContext context, HttpExpectation expectation)
      throws IOException, InterruptedException, TimeoutException {
    URI target = uri;
    for (int redirects = 0; ; redirects++) {
      HttpResponse<byte[]> response = send(target, context);
      int status = response.statusCode();
      if (expectation.expects(status) || !RedirectRule.redirects(status)) {
        return answer(response, HttpAnswer.Redirect.NONE);
      }
      Optional<URI> next = RedirectRule.target(target, response.headers().firstValue("Location"));
      if (next.isEmpty()) {
        return answer(response, HttpAnswer.Redirect.NOWHERE);
      }
      if (!RedirectRule.allows(target, next.get())) {
        return answer(response, HttpAnswer.Redirect.ELSEWHERE);
      }
      if (redirects == MOST_REDIRECTS) {
        return answer(response, HttpAnswer.Redirect.TOO_MANY);
      }
      target = next.get();
    }
  }

  private HttpResponse<byte[]> send(URI target, CheckContext context)
      throws IOException, InterruptedException, TimeoutException {
    resolve(target);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .setHeader("User-Agent", "vigil-health");
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<byte[]>> response =
        client.get().sendAsync(request.build(), info -> new BodyStart());
    context.onCancel(() -> response.cancel(true));
    try {
      // The client's own time-out would end with the headers; this one has the body in it.
      return response.get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      // Closes the connection where the answer is not complete.
      response.cancel(true);
    }
  }

  /**
   * Looks the name up on the check's own thread: a look-up that hangs then hangs where the registry
   * sees it, instead of taking one of the client's threads each run. The client finds the result in
   * the JVM's cache. Behind a proxy names are the proxy's business.
   */
  private static void resolve(URI target) throws UnknownHostException {
    ProxySelector proxies = ProxySelector.getDefault();
    if (proxies == null || proxies.select(target).get(0).type() == Proxy.Type.DIRECT) {
      InetAddress.getByName(target.getHost());
    }
  }

  private static HttpAnswer answer(HttpResponse<byte[]> response, HttpAnswer.Redirect redirect) {
    return new HttpAnswer(response.statusCode(), response.headers(), response.body(), redirect);
  }
}
