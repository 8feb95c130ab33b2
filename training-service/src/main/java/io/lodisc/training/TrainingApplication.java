package io.lodisc.training;

import io.lodisc.web.EngineSelfTest;
import io.lodisc.web.SchemaMigration;
import io.lodisc.web.ServiceProgram;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The training service as a program of its own. */
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import(TrainingConfiguration.class)
public class TrainingApplication {

  public static void main(String[] args) {
    ServiceProgram.run(
        TrainingApplication.class,
        args,
        Map.of(
            "lodisc.migrate-only", SchemaMigration.only("training"),
            "lodisc.self-test", EngineSelfTest.command()));
  }
}
