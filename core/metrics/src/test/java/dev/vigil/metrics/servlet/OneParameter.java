package dev.vigil.metrics.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A filter's configuration of one parameter, in a context without attributes. */
record OneParameter(String name, String value) implements FilterConfig {

  @Override
  public String getFilterName() {
    return "metrics";
  }

  @Override
  public ServletContext getServletContext() {
    return (ServletContext)
        Proxy.newProxyInstance(
            OneParameter.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> null);
  }

  @Override
  public String getInitParameter(String wanted) {
    return wanted.equals(name) ? value : null;
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(List.of(name));
  }
}
