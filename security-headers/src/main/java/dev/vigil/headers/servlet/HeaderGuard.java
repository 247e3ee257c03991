package dev.vigil.headers.servlet;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the filter wrote: puts it back after {@code reset()}, gives way to a header that the
 * application sets or adds itself, drops a nonce's policy from a 304, keeps errors out of caches
 * and swallows names that no answer may carry. Everything else goes straight through.
 *
 * <p>Belongs to one request, as the response it wraps does.
 */
final class HeaderGuard extends HttpServletResponseWrapper {

  private static final int NOT_MODIFIED = HttpServletResponse.SC_NOT_MODIFIED;
  private static final int FIRST_ERROR = 400;
  private static final String NO_STORE = "no-store";

  private CspNonce applied;

  /** A bit for each header of the rule that is the application's own. */
  private long taken;

  private boolean nonceDropped;
  private boolean storingStopped;

  HeaderGuard(HttpServletResponse response, CspNonce applied) {
    super(response);
    this.applied = applied;
    putBack();
    // An error dispatch may come to a response that was cleared, with its status set already.
    beforeStatus(response.getStatus());
  }

  /**
   * The guard nearest to the application, behind whatever else wraps the response; null if none.
   */
  static @Nullable HeaderGuard around(ServletResponse response) {
    ServletResponse at = response;
    while (!(at instanceof HeaderGuard)) {
      if (!(at instanceof ServletResponseWrapper wrapper)) {
        return null;
      }
      at = wrapper.getResponse();
    }
    return (HeaderGuard) at;
  }

  private HttpServletResponse response() {
    return (HttpServletResponse) getResponse();
  }

  /** Writes what is missing. */
  void putBack() {
    taken = applied.rule.write(response(), applied.drawn);
  }

  /**
   * Replaces the rule: what the old one wrote and the new one does not is removed. A header that
   * the application set stays.
   */
  void use(CspNonce next) {
    Rule old = applied.rule;
    for (int i = 0; i < old.headers.size(); i++) {
      if (!isTaken(i)) {
        HeaderRemoval.remove(response(), old.headers.name(i));
      }
    }
    applied = next;
    nonceDropped = false;
    storingStopped = false;
    putBack();
  }

  /**
   * An exception leaves the filter: the container writes an error, which must not be stored for as
   * long as the page that it stands in for. Nothing else runs for this request now.
   */
  void failed(HttpServletRequest request) {
    if (!isCommitted() && !request.isAsyncStarted()) {
      beforeStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private boolean isTaken(int index) {
    return (taken & 1L << index) != 0;
  }

  /** Whether this header is ours; if it was, it is the application's from now on. */
  private boolean take(String name) {
    int index = applied.rule.headers.indexOf(name);
    if (index < 0 || isTaken(index)) {
      return false;
    }
    taken |= 1L << index;
    return true;
  }

  private void beforeStatus(int status) {
    if (isCommitted()) {
      return;
    }
    boolean notModified = status == NOT_MODIFIED;
    if (applied.drawn != null && notModified != nonceDropped) {
      nonceDropped = notModified;
      if (notModified) {
        dropNonce();
      } else {
        putBack();
      }
    }
    int storing = applied.rule.headers.storing();
    boolean error = status >= FIRST_ERROR;
    if (storing >= 0 && !isTaken(storing) && error != storingStopped) {
      storingStopped = error;
      String value = error ? NO_STORE : applied.rule.headers.value(storing, null);
      response().setHeader(applied.rule.headers.name(storing), value);
    }
  }

  /**
   * A browser takes the headers of a 304 for the page it has stored, whose scripts carry another
   * nonce and would all stop (w3c/webappsec-csp#161).
   */
  private void dropNonce() {
    for (int i = 0; i < applied.rule.headers.size(); i++) {
      if (applied.rule.headers.holdsNonce(i) && !isTaken(i)) {
        HeaderRemoval.remove(response(), applied.rule.headers.name(i));
      }
    }
  }

  @Override
  public void reset() {
    super.reset();
    nonceDropped = false;
    storingStopped = false;
    putBack();
  }

  @Override
  public void setStatus(int status) {
    beforeStatus(status);
    super.setStatus(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    beforeStatus(status);
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    beforeStatus(status);
    super.sendError(status, message);
  }

  @Override
  public void setHeader(String name, String value) {
    if (isAllowed(name)) {
      take(name);
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isAllowed(name)) {
      if (take(name)) {
        super.setHeader(name, value);
      } else {
        super.addHeader(name, value);
      }
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (isAllowed(name)) {
      take(name);
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (isAllowed(name)) {
      if (take(name)) {
        super.setIntHeader(name, value);
      } else {
        super.addIntHeader(name, value);
      }
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (isAllowed(name)) {
      take(name);
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (isAllowed(name)) {
      if (take(name)) {
        super.setDateHeader(name, date);
      } else {
        super.addDateHeader(name, date);
      }
    }
  }

  private boolean isAllowed(String name) {
    return name == null || !applied.rule.headers.removes(name);
  }
}
