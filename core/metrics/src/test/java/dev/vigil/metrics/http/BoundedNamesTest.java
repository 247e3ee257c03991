package dev.vigil.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class BoundedNamesTest {

  /** All threads come to the last free places at once. */
  @Test
  void keepsItsBoundAmongThreads() throws Exception {
    BoundedNames names = new BoundedNames(10, name -> true);
    Set<String> admitted = ConcurrentHashMap.newKeySet();
    CyclicBarrier start = new CyclicBarrier(8);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String prefix = "/" + t + "/";
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (Exception broken) {
                  return;
                }
                for (int i = 0; i < 1_000; i++) {
                  admitted.add(names.admit(prefix + i));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(admitted).hasSize(11).contains(BoundedNames.OTHER);
    assertThat(admitted)
        .filteredOn(name -> !name.equals(BoundedNames.OTHER))
        .allMatch(names::isKnown);
  }
}
