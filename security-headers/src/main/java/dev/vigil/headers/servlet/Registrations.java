package dev.vigil.headers.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/** Adds a filter of ours to an application that is starting, the way it wants to be mapped. */
final class Registrations {

  private Registrations() {}

  static FilterRegistration.Dynamic add(
      ServletContext context, Filter filter, EnumSet<DispatcherType> dispatchers) {
    String name = filter.getClass().getName();
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    if (registration == null) {
      throw new IllegalStateException(
          "a filter named " + name + " is registered already; register it once");
    }
    registration.setAsyncSupported(true);
    // Before the filters of web.xml: what runs first has the headers there when others commit.
    registration.addMappingForUrlPatterns(dispatchers, false, "/*");
    return registration;
  }
}
