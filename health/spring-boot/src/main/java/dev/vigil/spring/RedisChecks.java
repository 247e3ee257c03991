package dev.vigil.spring;

import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Every RedisConnectionFactory bean, Lettuce or Jedis: the only one as {@value #NAME}, of several
 * each under its bean's name.
 */
final class RedisChecks implements HealthPart {

  static final String NAME = "cache";

  private final ListableBeanFactory beans;

  RedisChecks(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public int getOrder() {
    return OWN;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    List<String> names =
        Arrays.asList(beans.getBeanNamesForType(RedisConnectionFactory.class, false, false));
    for (String bean : names) {
      String name = names.size() == 1 ? NAME : bean;
      if (!assembly.has(name)) {
        assembly.add(
            name, new RedisFactoryCheck(() -> beans.getBean(bean, RedisConnectionFactory.class)));
      }
      assembly.cover("redis");
    }
  }
}
