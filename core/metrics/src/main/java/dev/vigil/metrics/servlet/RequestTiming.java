package dev.vigil.metrics.servlet;

import dev.vigil.metrics.http.RequestMetrics;
import dev.vigil.metrics.http.ServedRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request, recorded once: when its filter chain ends, or when the asynchronous work that this
 * began is complete. Thread-safe.
 */
final class RequestTiming implements AsyncListener {

  /** The attribute by which later dispatches of a request find this. */
  static final String ATTRIBUTE = RequestTiming.class.getName();

  /** Where Spring's own filter, which records the same meter, leaves its state. */
  private static final String SPRINGS_FILTER =
      "org.springframework.web.filter.ServerHttpObservationFilter.context";

  private static final int FIRST_ERROR = 400;

  private final RequestMetrics metrics;
  private final Template templates;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String method;
  private final long start;

  private @Nullable String template; // guarded by this, as are those below
  private String path = "/";
  private boolean countedElsewhere;
  private @Nullable Throwable failure;
  private boolean recorded;

  RequestTiming(
      RequestMetrics metrics,
      Template templates,
      HttpServletRequest request,
      HttpServletResponse response) {
    this.metrics = metrics;
    this.templates = templates;
    this.request = request;
    this.response = response;
    method = request.getMethod();
    start = metrics.tick();
  }

  /** Remembers an exception that was let through; the first, since containers wrap it later. */
  synchronized void failed(Throwable thrown) {
    if (failure == null) {
      failure =
          thrown instanceof ServletException wrapper && wrapper.getRootCause() != null
              ? wrapper.getRootCause()
              : thrown;
    }
  }

  /**
   * Reads where the request went, while its thread is still in the chain: a container may take the
   * request apart before it tells of its end.
   */
  synchronized void look() {
    String servlet = request.getServletPath();
    String info = request.getPathInfo();
    path = info == null ? servlet : servlet + info;
    template = templates.of(request);
    countedElsewhere = request.getAttribute(SPRINGS_FILTER) != null;
  }

  /** Waits for asynchronous work; false where there is none, or it is over. */
  boolean awaitsAsync() {
    if (!request.isAsyncStarted()) {
      return false;
    }
    try {
      request.getAsyncContext().addListener(this);
      return true;
    } catch (IllegalStateException over) {
      return false;
    }
  }

  synchronized void record() {
    if (recorded) {
      return;
    }
    recorded = true;
    metrics.record(
        new ServedRequest(method, template, path, status(), failure, countedElsewhere), start);
  }

  /** What the container is going to answer to an exception, where it has not yet. */
  private int status() {
    int status = response.getStatus();
    if (failure == null || status >= FIRST_ERROR || response.isCommitted()) {
      return status;
    }
    if (failure instanceof UnavailableException unavailable) {
      return unavailable.isPermanent() ? 404 : 503; // Servlet 5.0, 2.3.3.2
    }
    return 500;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    record();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    failed(new TimeoutException("the asynchronous request was not complete in time"));
  }

  @Override
  public void onError(AsyncEvent event) {
    if (event.getThrowable() != null) {
      failed(event.getThrowable());
    }
  }

  /** A new round, for which containers forget their listeners. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
