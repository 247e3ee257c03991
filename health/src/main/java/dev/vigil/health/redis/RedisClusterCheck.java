package dev.vigil.health.redis;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Unhealthy when a Redis cluster says that it is down; degraded while it serves with slots that
 * nobody, or nobody reliable, holds.
 *
 * <p>Reads {@code CLUSTER INFO} from one node, which is that node's view: {@code cluster_state}
 * other than {@code ok} is unhealthy, and so is an answer that is not such a text; slots of 16384
 * that are not assigned, or are in state pfail or fail, are degraded. Works with any client, since
 * the client is a call:
 *
 * <pre>{@code
 * RedisClusterCheck.info(lettuceConnection.sync()::clusterInfo);
 * JedisCheck.cluster(jedis); // for Jedis, the same
 * }</pre>
 *
 * <p>As with {@link RedisCheck}, give the client time-outs shorter than the check's. Data: {@code
 * state}, {@code slotsAssigned}, {@code slotsPossiblyFailing}, {@code slotsFailing}, {@code
 * knownNodes}, {@code primaries}. Immutable; thread-safe where the call is.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-info/">CLUSTER INFO</a>
 */
public final class RedisClusterCheck implements HealthCheck {

  /** How many slots there are, whatever the cluster (Redis cluster specification). */
  private static final int SLOTS = 16_384;

  private static final int LONGEST = 64 * 1024;

  private static final Map<String, String> FIGURES = figures();

  private final Callable<?> info;

  private RedisClusterCheck(Callable<?> info) {
    this.info = info;
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("cluster_slots_assigned", "slotsAssigned");
    figures.put("cluster_slots_pfail", "slotsPossiblyFailing");
    figures.put("cluster_slots_fail", "slotsFailing");
    figures.put("cluster_known_nodes", "knownNodes");
    figures.put("cluster_size", "primaries");
    return figures;
  }

  /**
   * Asks by a call.
   *
   * @param info has a node answer {@code CLUSTER INFO}: a string, or its bytes
   */
  public static RedisClusterCheck info(Callable<?> info) {
    return new RedisClusterCheck(Objects.requireNonNull(info, "info"));
  }

  @Override
  public HealthResult check(CheckContext context) {
    Object answer;
    try {
      answer = info.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthResult.unhealthy("interrupted while waiting for an answer to CLUSTER INFO", e);
    } catch (Exception e) {
      return HealthResult.unhealthy("CLUSTER INFO failed", e);
    }
    String text =
        answer instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.US_ASCII)
            : answer instanceof String string ? string : "";
    return text.length() > LONGEST ? judge(Map.of()) : judge(parse(text));
  }

  /** Lines of {@code name:value}; what is none is passed over. */
  private static Map<String, String> parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    return fields;
  }

  private static HealthResult judge(Map<String, String> fields) {
    String state = fields.get("cluster_state");
    if (state == null) {
      return HealthResult.unhealthy("the answer to CLUSTER INFO is not one");
    }
    Map<String, Object> data = new LinkedHashMap<>();
    // What else it may say is not ours to repeat.
    boolean up = state.equals("ok");
    data.put("state", up ? "ok" : state.equals("fail") ? "fail" : "unknown");
    FIGURES.forEach(
        (field, name) -> {
          int value = number(fields.get(field));
          if (value >= 0) {
            data.put(name, value);
          }
        });
    HealthResult result = up ? judgeSlots(data) : HealthResult.unhealthy("the cluster is down");
    for (Map.Entry<String, Object> entry : data.entrySet()) {
      result = result.with(entry.getKey(), entry.getValue());
    }
    return result;
  }

  private static HealthResult judgeSlots(Map<String, Object> data) {
    int missing = SLOTS - figure(data, "slotsAssigned", SLOTS);
    int failing = figure(data, "slotsPossiblyFailing", 0) + figure(data, "slotsFailing", 0);
    if (missing > 0) {
      return HealthResult.degraded(missing + " of 16384 slots are assigned to no node");
    }
    return failing > 0
        ? HealthResult.degraded(failing + " of 16384 slots are on nodes that fail")
        : HealthResult.healthy();
  }

  private static int figure(Map<String, Object> data, String name, int otherwise) {
    return data.get(name) instanceof Integer value ? value : otherwise;
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  @Override
  public boolean remote() {
    return true;
  }
}
