package dev.vigil.ratelimit.redis;

import dev.vigil.ratelimit.Plan;
import dev.vigil.ratelimit.internal.KeyTable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/** What is known of keys, for a bounded number of them. Unknown ones are counted all the same. */
final class KeyStates {

  /** Longer keys are looked up by their hash, apart, so that none can pass for a longer one. */
  private static final int LONGEST_KEY = 128;

  private final StoredKeys names;
  private final boolean spread;
  private final int nodes;
  private final KeyTable<KeyState> table;
  private final KeyTable<KeyState> longKeys;
  private final ConcurrentHashMap<Plan, KeyState> overflow = new ConcurrentHashMap<>();

  KeyStates(StoredKeys names, boolean spread, int nodes, int maxKeys) {
    this.names = names;
    this.spread = spread;
    this.nodes = nodes;
    table = new KeyTable<>(maxKeys);
    longKeys = new KeyTable<>(Math.max(1, maxKeys / 10));
  }

  /** What is known of a key of ordinary length. */
  @Nullable KeyState known(String key) {
    return key.length() <= LONGEST_KEY ? table.find(key) : null;
  }

  /** The state of a key; where there is no room, one that is forgotten after use. */
  KeyState of(String key, Plan plan, long now) {
    boolean isLong = key.length() > LONGEST_KEY;
    String name = isLong ? names.name(key) : key;
    KeyTable<KeyState> home = isLong ? longKeys : table;
    while (true) {
      KeyState found = home.findOrAdd(name, absent -> make(key, plan, now), now);
      if (found == null) {
        return make(key, plan, now);
      }
      if (found.isRetired()) {
        home.remove(name, found);
      } else if (found.plan.equals(plan)) {
        return found;
      } else {
        KeyState successor = found.under(plan, now);
        if (home.replace(name, found, successor)) {
          return successor;
        }
      }
    }
  }

  /** Where a key is counted locally: its own state, or the one that all keys without room share. */
  KeyState forLocal(String key, Plan plan, long now) {
    KeyState state = of(key, plan, now);
    KeyState kept = key.length() <= LONGEST_KEY ? table.find(key) : longKeys.find(names.name(key));
    return state.equals(kept)
        ? state
        : overflow.computeIfAbsent(plan, absent -> make("#overflow", plan, now));
  }

  private KeyState make(String key, Plan plan, long now) {
    byte[] prefix = names.prefix(names.name(key));
    return new KeyState(plan, prefix, JedisClusterCRC16.getSlot(prefix), spread, nodes, now);
  }

  void forEach(Consumer<KeyState> visitor) {
    table.forEach((key, state) -> visitor.accept(state));
    longKeys.forEach((key, state) -> visitor.accept(state));
  }

  long size() {
    return table.size() + longKeys.size();
  }
}
