package io.lodisc.retrieval;

import io.lodisc.web.SchemaMigration;
import io.lodisc.web.ServiceProgram;
import java.util.Map;
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
    ServiceProgram.run(
        RetrievalApplication.class,
        arguments,
        Map.of("lodisc.migrate-only", SchemaMigration.only("retrieval")));
  }
}
