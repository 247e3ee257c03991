package dev.vigil.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Matches where there is something to do: properties below a name, or a bean of a type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Conditional(AskedFor.Match.class)
@interface AskedFor {

  /** Properties of any name below this one. */
  String properties();

  /** The name of a type. */
  String bean();

  /** Looks for both. */
  final class Match extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
      return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      Map<String, ?> attributes =
          Objects.requireNonNull(metadata.getAnnotationAttributes(AskedFor.class.getName()));
      String properties = String.valueOf(attributes.get("properties"));
      String bean = String.valueOf(attributes.get("bean"));
      boolean asked =
          PropertyReader.isSet(context.getEnvironment(), properties) || hasBean(context, bean);
      return new ConditionOutcome(
          asked,
          ConditionMessage.forCondition(AskedFor.class)
              .because(
                  (asked ? "found " : "found neither ") + properties + " or a " + bean + " bean"));
    }

    private static boolean hasBean(ConditionContext context, String type) {
      ConfigurableListableBeanFactory beans = context.getBeanFactory();
      return beans != null
          && ClassUtils.isPresent(type, context.getClassLoader())
          && beans.getBeanNamesForType(
                      ClassUtils.resolveClassName(type, context.getClassLoader()), true, false)
                  .length
              > 0;
    }
  }
}
