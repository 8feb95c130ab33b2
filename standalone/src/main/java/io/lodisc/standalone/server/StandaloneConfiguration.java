package io.lodisc.standalone.server;

import io.lodisc.inference.InferenceConfiguration;
import io.lodisc.retrieval.RetrievalConfiguration;
import io.lodisc.standalone.openapi.OpenApiConfiguration;
import io.lodisc.training.TrainingConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The three services in one application. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
@Import({
  TrainingConfiguration.class,
  InferenceConfiguration.class,
  RetrievalConfiguration.class,
  OpenApiConfiguration.class
})
class StandaloneConfiguration {}
