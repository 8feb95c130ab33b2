package io.lodisc.training.support;

import io.lodisc.training.TrainingApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/** The whole service on a random port and a real database; no worker unless a test asks for one. */
@SpringBootTest(classes = TrainingApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({TestDatabase.class, Home.class, Api.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TrainingTest {

  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default "lodisc.training.workers=0";
}
