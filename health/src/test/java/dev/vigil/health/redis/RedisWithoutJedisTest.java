package dev.vigil.health.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What an application meets that has another client than Jedis. */
class RedisWithoutJedisTest {

  @Test
  void loadsAndCanBeLookedAtWithoutJedis() throws Exception {
    try (WithoutJedis loader = new WithoutJedis()) {
      Class<?> check = loader.loadClass(RedisCheck.class.getName());

      assertThat(check.getClassLoader()).isSameAs(loader);
      assertThat(check.getDeclaredMethods()).extracting("name").contains("ping", "check");
      Callable<?> ping = () -> "PONG";
      assertThat(check.getMethod("ping", Callable.class).invoke(null, ping)).isInstanceOf(check);
    }
  }

  @Test
  void reallyHasNoJedis() throws Exception {
    try (WithoutJedis loader = new WithoutJedis()) {
      Class<?> check = loader.loadClass(JedisCheck.class.getName());

      assertThatThrownBy(check::getDeclaredMethods).isInstanceOf(NoClassDefFoundError.class);
    }
  }

  /** Defines this package anew and hides Jedis from it. */
  private static final class WithoutJedis extends URLClassLoader {

    WithoutJedis() {
      super(
          new URL[] {RedisCheck.class.getProtectionDomain().getCodeSource().getLocation()},
          RedisWithoutJedisTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("redis.clients.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("dev.vigil.health.redis.")) {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? findClass(name) : loaded;
        }
      }
      return super.loadClass(name, resolve);
    }
  }
}
