package dev.vigil.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;

/**
 * An application like any other: nothing in it but its configuration knows of Vigil. Runs by {@link
 * #main}, and as a WAR in a servlet container.
 */
@SpringBootApplication
public class OrdersApplication extends SpringBootServletInitializer {

  public static void main(String[] args) {
    // dev.vigil.logging.StructuredLogging.builder().service("orders").install();
    SpringApplication.run(OrdersApplication.class, args);
  }
}
