package dev.vigil.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a property's value, as one would write it: whole numbers, or durations. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Within {

  /** The least value allowed. */
  String least();

  /** The greatest value allowed. */
  String most();
}
