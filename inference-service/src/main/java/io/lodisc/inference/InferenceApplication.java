package io.lodisc.inference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The inference-service as a program of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(InferenceConfiguration.class)
public class InferenceApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(InferenceApplication.class, arguments);
  }
}
