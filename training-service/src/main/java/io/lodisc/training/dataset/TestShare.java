package io.lodisc.training.dataset;

import static java.lang.annotation.ElementType.FIELD;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A share that leaves something on both sides. */
@DecimalMin(value = "0", inclusive = false)
@DecimalMax(value = "1", inclusive = false)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target(FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface TestShare {

  String message() default "must be above 0 and below 1";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
