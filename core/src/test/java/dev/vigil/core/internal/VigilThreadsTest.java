package dev.vigil.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class VigilThreadsTest {

  @Test
  void makesNumberedDaemons() {
    VigilThreads threads = VigilThreads.named("test");

    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("vigil-test-1");
    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("vigil-test-2");
    assertThat(threads.newThread(() -> {}).isDaemon()).isTrue();
  }

  @Test
  void carriesTheContextClassLoaderOfItsMaker() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (var makers = new URLClassLoader(new URL[0])) {
      Thread.currentThread().setContextClassLoader(makers);
      VigilThreads threads = VigilThreads.named("test");
      Thread.currentThread().setContextClassLoader(before);

      assertThat(threads.newThread(() -> {}).getContextClassLoader()).isSameAs(makers);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void leavesInheritableThreadLocalsBehind() throws InterruptedException {
    InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
    request.set("of the caller");
    String[] seen = {"nothing yet"};

    Thread thread = VigilThreads.named("test").newThread(() -> seen[0] = request.get());
    thread.start();
    thread.join();

    assertThat(seen[0]).isNull();
  }
}
