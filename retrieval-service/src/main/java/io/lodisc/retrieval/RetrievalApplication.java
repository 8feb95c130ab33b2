package io.lodisc.retrieval;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The retrieval-service as a program of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import(RetrievalConfiguration.class)
public class RetrievalApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(RetrievalApplication.class, arguments);
  }
}
