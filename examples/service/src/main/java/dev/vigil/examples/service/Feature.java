package dev.vigil.examples.service;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** One thing that the demo shows: its own class, so that features come and go side by side. */
interface Feature {

  /** Adds the feature's servlets and filters. */
  void addTo(ServletContextHandler context);
}
