package io.lodisc.training;

import io.lodisc.training.TrainingProperties.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Of what only a process with the role {@code api} has. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ApiRole.IsOurs.class)
public @interface ApiRole {

  /** Whether {@code lodisc.training.roles} names it. */
  class IsOurs implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      Set<Role> roles =
          Binder.get(context.getEnvironment())
              .bind("lodisc.training.roles", Bindable.setOf(Role.class))
              .orElse(EnumSet.allOf(Role.class));
      return roles.contains(Role.API);
    }
  }
}
