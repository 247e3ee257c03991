package dev.vigil.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where health is answered by that server. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(ServedOn.Match.class)
@interface ServedOn {

  EndpointPlace value();

  /** Compares it with what the properties of the ports say. */
  final class Match extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      Map<String, ?> attributes =
          Objects.requireNonNull(metadata.getAnnotationAttributes(ServedOn.class.getName()));
      EndpointPlace there = EndpointPlace.in(context.getEnvironment(), context.getClassLoader());
      return new ConditionOutcome(
          there == attributes.get("value"),
          ConditionMessage.forCondition(ServedOn.class).because("health is served on " + there));
    }
  }
}
