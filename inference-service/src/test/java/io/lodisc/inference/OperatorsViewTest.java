package io.lodisc.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.web.client.RestClient;

class OperatorsViewTest extends ServiceTest {

  @LocalManagementPort int management;

  @Test
  void healthAndMetricsAreOnAPortOfTheirOwn() {
    assertThat(management).isNotEqualTo(port);
    assertThat(get("/actuator/health/liveness"))
        .contains("\"livenessState\":{\"status\":\"UP\"}")
        .doesNotContain("engine");
    assertThat(get("/actuator/health/readiness")).contains("\"engine\":{\"status\":\"UP\"}");
    assertThat(get("/actuator/info")).contains("\"version\":\"").doesNotContain("project.version");
    assertThat(get("/actuator/prometheus"))
        .contains("jvm_memory_used_bytes{application=\"inference-service\"")
        .contains("disk_free_bytes{application=\"inference-service\",path=\"" + HOME + "\"}");
  }

  private String get(String path) {
    return RestClient.create("http://localhost:" + management)
        .get()
        .uri(path)
        .retrieve()
        .body(String.class);
  }
}
