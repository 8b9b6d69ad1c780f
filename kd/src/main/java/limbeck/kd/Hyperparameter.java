package limbeck.kd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The standard value and the meaning of a component of an {@link Objective}'s record, by which
 * recipes set it: numbers, true or false, words, enum constants in lower case with hyphens.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Hyperparameter {
  /** The value where a recipe gives none, as text; empty: a recipe must give one. */
  String standard() default "";

  /** One line of what it means. */
  String help();
}
