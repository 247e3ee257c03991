package dev.vigil.health.checks;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Proxy;

/** Memory pools as the JVM shows them. */
final class FakePool {

  private FakePool() {}

  static MemoryPoolMXBean heap(String name, boolean longLived, long used, long max) {
    return pool(name, MemoryType.HEAP, longLived, used, max);
  }

  static MemoryPoolMXBean pool(
      String name, MemoryType type, boolean thresholds, long used, long max) {
    return (MemoryPoolMXBean)
        Proxy.newProxyInstance(
            FakePool.class.getClassLoader(),
            new Class<?>[] {MemoryPoolMXBean.class},
            (self, method, args) ->
                switch (method.getName()) {
                  case "getName" -> name;
                  case "getType" -> type;
                  case "isUsageThresholdSupported" -> thresholds;
                  case "getUsage" -> usage(used, max);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  static MemoryUsage usage(long used, long max) {
    return new MemoryUsage(0, used, used, max);
  }
}
