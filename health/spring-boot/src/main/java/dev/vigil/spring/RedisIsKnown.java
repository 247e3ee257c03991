package dev.vigil.spring;

import dev.vigil.ratelimit.redis.RedisTarget;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import redis.clients.jedis.UnifiedJedis;

/** Matches where a bean or a property says where Redis is. */
final class RedisIsKnown extends SpringBootCondition implements ConfigurationCondition {

  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConfigurableListableBeanFactory beans = context.getBeanFactory();
    Environment environment = context.getEnvironment();
    boolean known =
        environment.getProperty("vigil.ratelimit.redis.url") != null
            || (beans != null && (has(beans, RedisTarget.class) || has(beans, UnifiedJedis.class)))
            || RedisAddress.isOneServer(environment);
    return new ConditionOutcome(
        known,
        ConditionMessage.forCondition("Redis for rate limits")
            .because(known ? "its address is known" : "no property or bean says where it is"));
  }

  private static boolean has(ConfigurableListableBeanFactory beans, Class<?> type) {
    return beans.getBeanNamesForType(type, true, false).length > 0;
  }
}
