package dev.vigil.spring;

import dev.vigil.ratelimit.redis.RedisTarget;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisURIHelper;

/** One Redis server, as a URL or {@code spring.data.redis.*} tells it. */
record RedisAddress(HostAndPort server, DefaultJedisClientConfig config) {

  private static final String SPRING = "spring.data.redis.";

  RedisTarget target() {
    return RedisTarget.standalone(server, config);
  }

  static RedisAddress parse(String url) {
    URI uri = URI.create(url);
    return new RedisAddress(
        new HostAndPort(uri.getHost(), uri.getPort() < 0 ? Protocol.DEFAULT_PORT : uri.getPort()),
        config(
            JedisURIHelper.getUser(uri),
            JedisURIHelper.getPassword(uri),
            JedisURIHelper.getDBIndex(uri),
            JedisURIHelper.isRedisSSLScheme(uri)));
  }

  /** Whether Spring Data has been told of one server, and not of a cluster or of Sentinels. */
  static boolean isOneServer(Environment environment) {
    return environment.getProperty(SPRING + "cluster.nodes") == null
        && environment.getProperty(SPRING + "cluster.nodes[0]") == null
        && environment.getProperty(SPRING + "sentinel.master") == null
        && (environment.getProperty(SPRING + "url") != null
            || environment.getProperty(SPRING + "host") != null
            || environment.getProperty(SPRING + "port") != null);
  }

  static RedisAddress ofSpringData(Environment environment) {
    String url = environment.getProperty(SPRING + "url");
    if (url != null) {
      return parse(url);
    }
    return new RedisAddress(
        new HostAndPort(
            environment.getProperty(SPRING + "host", "localhost"),
            environment.getProperty(SPRING + "port", Integer.class, Protocol.DEFAULT_PORT)),
        config(
            environment.getProperty(SPRING + "username"),
            environment.getProperty(SPRING + "password"),
            environment.getProperty(SPRING + "database", Integer.class, 0),
            environment.getProperty(SPRING + "ssl.enabled", Boolean.class, false)));
  }

  private static DefaultJedisClientConfig config(
      @Nullable String user, @Nullable String password, int database, boolean tls) {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder().database(database).ssl(tls);
    if (user != null && !user.isEmpty()) {
      config.user(user);
    }
    if (password != null && !password.isEmpty()) {
      config.password(password);
    }
    return config.build();
  }
}
