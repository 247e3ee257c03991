package dev.vigil.examples.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigil.core.Redactor;
import dev.vigil.metrics.report.ServiceMeters;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * {@code GET /api/orders} and {@code POST /api/orders}: stored in PostgreSQL, the list cached in
 * Redis. Each order counts as a work order.
 */
final class OrdersFeature implements Feature {

  private static final Logger log = LoggerFactory.getLogger(OrdersFeature.class);
  private static final ObjectMapper json = new ObjectMapper();

  private static final String CACHE_KEY = "demo:orders";
  private static final long CACHE_SECONDS = 5;
  private static final int MAX_BODY = 4_096;
  private static final int MAX_ITEM = 200;
  private static final int MAX_QUANTITY = 1_000;

  private final Orders orders;
  private final UnifiedJedis cache;
  private final ServiceMeters meters;

  OrdersFeature(Orders orders, UnifiedJedis cache, ServiceMeters meters) {
    this.orders = orders;
    this.cache = cache;
    this.meters = meters;
  }

  @Override
  public void addTo(ServletContextHandler context) {
    context.addServlet(new ServletHolder("orders", new OrdersServlet()), "/api/orders");
  }

  private final class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        String known = cached();
        meters.cacheLookup(known != null);
        if (known == null) {
          known = json.writeValueAsString(orders.newest());
          cache(known);
        }
        answer(response, 200, known);
      } catch (SQLException failure) {
        unavailable(response, failure);
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
      String fault = "expected a JSON object like {\"item\":\"book\",\"quantity\":2}";
      try {
        JsonNode order = body.length > MAX_BODY ? null : json.readTree(body);
        String item = order == null ? "" : order.path("item").asText("").strip();
        int quantity = order == null ? 0 : order.path("quantity").asInt(0);
        if (item.isEmpty() || item.length() > MAX_ITEM) {
          fault += "; item must have 1 to " + MAX_ITEM + " characters";
        } else if (quantity < 1 || quantity > MAX_QUANTITY) {
          fault += "; quantity must be 1 to " + MAX_QUANTITY;
        } else {
          String placed = json.writeValueAsString(orders.place(item, quantity));
          meters.workOrdersCreated().increment();
          uncache();
          answer(response, 201, placed);
          return;
        }
      } catch (JsonProcessingException malformed) {
        // told below
      } catch (SQLException failure) {
        unavailable(response, failure);
        return;
      }
      answer(response, 400, json.writeValueAsString(Map.of("error", fault)));
    }
  }

  /** The cache is a convenience: without it the list comes from the database. */
  private @Nullable String cached() {
    try {
      return cache.get(CACHE_KEY);
    } catch (JedisException down) {
      return null;
    }
  }

  private void cache(String list) {
    try {
      cache.set(CACHE_KEY, list, SetParams.setParams().ex(CACHE_SECONDS));
    } catch (JedisException down) {
      log.debug("the cache is down");
    }
  }

  private void uncache() {
    try {
      cache.del(CACHE_KEY);
    } catch (JedisException down) {
      log.debug("the cache is down");
    }
  }

  private static void unavailable(HttpServletResponse response, SQLException failure)
      throws IOException {
    log.warn("the database does not answer", Redactor.standard().redact(failure));
    response.setHeader("Retry-After", "5");
    answer(response, 503, "{\"error\":\"orders are not available now\"}");
  }

  private static void answer(HttpServletResponse response, int status, String body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
