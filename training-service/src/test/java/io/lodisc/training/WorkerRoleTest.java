package io.lodisc.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.support.Api;
import io.lodisc.training.support.TrainingTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RestController;

@TrainingTest(properties = {"lodisc.training.workers=1", "lodisc.training.roles=worker"})
class WorkerRoleTest {

  @Autowired Api api;
  @Autowired ApplicationContext context;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs",
        "/jobs/any",
        "/checkpoints",
        "/datasets",
        "/models",
        "/models/any",
        "/audit"
      })
  void aProcessThatOnlyWorksServesNothing(String path) {
    api.get("/api/v1" + path).isProblem(404, "not-found");
  }

  @Test
  void aProcessThatOnlyWorksTakesNothing() {
    api.post("/api/v1/jobs", "{}").isProblem(404, "not-found");
    api.delete("/api/v1/jobs/any").isProblem(404, "not-found");
    assertThat(context.getBeansWithAnnotation(RestController.class)).isEmpty();
  }
}
