package io.lodisc.training;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The training service as a program of its own. */
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import(TrainingConfiguration.class)
public class TrainingApplication {

  public static void main(String[] args) {
    SpringApplication.run(TrainingApplication.class, args);
  }
}
