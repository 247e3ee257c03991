package dev.vigil.examples.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.apache.tomcat.util.http.MimeHeaders;

/** A response that is nothing but Tomcat's store of headers, so that nothing else is measured. */
final class HeaderStore extends HttpServletResponseWrapper {

  private final MimeHeaders headers = new MimeHeaders();

  HeaderStore() {
    super(nothing(HttpServletResponse.class));
  }

  HeaderStore cleared() {
    headers.recycle();
    return this;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.setValue(name).setString(value);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.addValue(name).setString(value);
  }

  @Override
  public String getHeader(String name) {
    return headers.getHeader(name);
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.getHeader(name) != null;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public int getStatus() {
    return SC_OK;
  }

  /** A secure request for this path whose attributes are one field, for the one that is set. */
  static HttpServletRequest request(String path) {
    return new HttpServletRequestWrapper(nothing(HttpServletRequest.class)) {

      @Override
      public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
      }

      @Override
      public boolean isSecure() {
        return true;
      }

      @Override
      public String getServletPath() {
        return path;
      }

      @Override
      public String getPathInfo() {
        return null;
      }

      @Override
      public Object getAttribute(String name) {
        return null;
      }

      @Override
      public void setAttribute(String name, Object value) {
        // Each invocation is a new request.
      }

      @Override
      public void removeAttribute(String name) {
        // Each invocation is a new request.
      }
    };
  }

  static FilterConfig config() {
    return (FilterConfig)
        Proxy.newProxyInstance(
            HeaderStore.class.getClassLoader(),
            new Class<?>[] {FilterConfig.class},
            (proxy, method, arguments) ->
                method.getName().equals("getInitParameterNames")
                    ? Collections.emptyEnumeration()
                    : null);
  }

  private static <T> T nothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
  }
}
