package io.lodisc.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.web.ApiException;
import io.lodisc.web.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** In one application with training, the service calls its own port, known only once it runs. */
@SpringBootTest(
    classes = InferenceApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "lodisc.home=target/home",
      "lodisc.inference.training-url=http://localhost:${local.server.port}"
    })
@Import(OwnAddressTest.Training.class)
class OwnAddressTest {

  @LocalServerPort int port;

  @Test
  void callsItself() {
    Answer answer = Form.of("mine", Drawings.png(1)).send(port);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().at("/detail").asString()).isEqualTo("asked for mine");
    assertThat(answer.body().at("/hint").asString()).isEqualTo("a hint");
  }

  @TestConfiguration
  @RestController
  static class Training {

    @GetMapping("/api/v1/models/{alias}")
    void model(@PathVariable String alias) {
      throw new ApiException(Problem.NOT_FOUND, "asked for " + alias, "a hint");
    }
  }
}
