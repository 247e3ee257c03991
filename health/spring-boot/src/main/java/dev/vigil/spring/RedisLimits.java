package dev.vigil.spring;

import dev.vigil.ratelimit.redis.RedisTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import redis.clients.jedis.UnifiedJedis;

/**
 * Counts in Redis where it is known where that is: a bean of type RedisTarget, {@code
 * vigil.ratelimit.redis.url}, a bean of type UnifiedJedis, or {@code spring.data.redis.*} set up
 * for one server, in this order.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
    name = {"dev.vigil.ratelimit.redis.RedisRateLimiter", "redis.clients.jedis.UnifiedJedis"})
@ConditionalOnProperty(name = "vigil.ratelimit.redis.enabled", matchIfMissing = true)
@Conditional(RedisIsKnown.class)
final class RedisLimits {

  @Bean(destroyMethod = "close")
  RedisLimiters vigilRedisLimiters(
      VigilSettings settings,
      Environment environment,
      ObjectProvider<RedisTarget> targets,
      ObjectProvider<UnifiedJedis> clients) {
    RateLimitProperties.RedisProperties redis = settings.properties().ratelimit().redis();
    return new RedisLimiters(
        target(redis, environment, targets.getIfUnique(), clients.getIfUnique()), redis);
  }

  private static RedisTarget target(
      RateLimitProperties.RedisProperties redis,
      Environment environment,
      @Nullable RedisTarget given,
      @Nullable UnifiedJedis client) {
    if (given != null) {
      return given;
    }
    String url = redis.url();
    if (url != null) {
      return RedisAddress.parse(url).target();
    }
    return client != null
        ? RedisTarget.client(client)
        : RedisAddress.ofSpringData(environment).target();
  }
}
