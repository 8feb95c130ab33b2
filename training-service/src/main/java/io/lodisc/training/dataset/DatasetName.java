package io.lodisc.training.dataset;

import static java.lang.annotation.ElementType.FIELD;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lower-case letters, digits and dashes, at most 63 of them, safe in a URL and as a folder. */
@NotNull
@Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}")
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target(FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface DatasetName {

  String message() default
      "must be 1 to 63 lower-case letters, digits and dashes, the first no dash";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
