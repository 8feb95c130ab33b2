package io.lodisc.inference;

import io.lodisc.web.EngineSelfTest;
import io.lodisc.web.ServiceProgram;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The inference-service as a program of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(InferenceConfiguration.class)
public class InferenceApplication {

  public static void main(String[] arguments) {
    ServiceProgram.run(
        InferenceApplication.class,
        arguments,
        Map.of("lodisc.self-test", EngineSelfTest.command()));
  }
}
