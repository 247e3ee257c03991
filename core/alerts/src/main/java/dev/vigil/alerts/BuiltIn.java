package dev.vigil.alerts;

import dev.vigil.alerts.internal.text.Expr;
import dev.vigil.alerts.internal.text.Parser;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definitions that are there without being given. */
final class BuiltIn {

  static final Set<String> NAMES =
      Set.of("error_rate", "avg_response_time", "memory_usage", "db_connection_errors");

  private BuiltIn() {}

  static List<Expr.Option> options(String name, int leastRequests) {
    return switch (name) {
      case "error_rate" ->
          List.of(
              option(name),
              option(
                  "sum(increase(errors[1m])) / sum(increase(api_calls_total[1m]))",
                  "sum(increase(api_calls_total[1m]))",
                  leastRequests),
              option(
                  "increase(http.server.requests{outcome=\"SERVER_ERROR\"}[1m])"
                      + " / increase(http.server.requests[1m])",
                  "sum(increase(http.server.requests[1m]))",
                  leastRequests));
      case "avg_response_time" ->
          List.of(option(name), mean("api_response_time"), mean("http.server.requests"));
      case "memory_usage" -> List.of(option(name), option(HeapAfterCollection.METER));
      case "db_connection_errors" -> List.of(option(name), option("hikaricp.connections.timeout"));
      default -> List.of();
    };
  }

  /**
   * Over all label sets: the mean of means would give a rare slow page the weight of a busy one.
   */
  private static Expr.Option mean(String timer) {
    return option("sum(sum(" + timer + "[1m])) / sum(count(" + timer + "[1m]))");
  }

  private static Expr.Option option(String text) {
    return option(text, null, 0);
  }

  private static Expr.Option option(String text, @Nullable String count, int least) {
    Expr events = count == null ? null : Parser.expression(count);
    return new Expr.Option(Parser.expression(text), events, least);
  }
}
