package dev.vigil.spring;

import dev.vigil.health.CheckContext;
import dev.vigil.health.HealthCheck;
import dev.vigil.health.HealthResult;
import dev.vigil.health.checks.JdbcCheck;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Every DataSource bean: the only one as {@value #NAME}, of several each under its bean's name. One
 * that is created lazily is left alone until the first run.
 */
final class DataSourceChecks implements HealthPart {

  static final String NAME = "database";

  private final ListableBeanFactory beans;

  DataSourceChecks(ListableBeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public int getOrder() {
    return OWN;
  }

  @Override
  public void addTo(HealthAssembly assembly) {
    List<String> names = Arrays.asList(beans.getBeanNamesForType(DataSource.class, false, false));
    for (String bean : names) {
      String name = names.size() == 1 ? NAME : bean;
      if (!assembly.has(name)) {
        assembly.add(name, new BeanCheck(beans, bean));
      }
      assembly.cover("db");
    }
  }

  /** The check of a bean that may not be there yet. */
  private static final class BeanCheck implements HealthCheck {

    private static final boolean HIKARI =
        ClassUtils.isPresent(
            "com.zaxxer.hikari.HikariDataSource", DataSourceChecks.class.getClassLoader());

    private final ListableBeanFactory beans;
    private final String bean;
    private @Nullable HealthCheck check;

    BeanCheck(ListableBeanFactory beans, String bean) {
      this.beans = beans;
      this.bean = bean;
    }

    @Override
    public HealthResult check(CheckContext context) throws Exception {
      HealthCheck known = check;
      if (known == null) {
        known = of(beans.getBean(bean, DataSource.class));
        check = known;
      }
      return known.check(context);
    }

    private static HealthCheck of(DataSource source) {
      HealthCheck pool = HIKARI ? HikariPools.check(source) : null;
      return pool == null ? JdbcCheck.of(source) : pool;
    }

    @Override
    public boolean remote() {
      return true;
    }
  }
}
