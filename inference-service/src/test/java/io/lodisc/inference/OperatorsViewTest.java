package io.lodisc.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  @Test
  void requestsRejectionsAndTheModelAreCounted() {
    String checkpoint = offer(7);
    String alias = "operators-" + checkpoint;
    TRAINING.aliases.put(alias, checkpoint);
    double batches = number("lodisc_inference_batch_size_count{}");
    assertThat(Form.of(alias, Drawings.png(1), Drawings.png(2)).send(port).status()).isEqualTo(200);
    assertThat(Form.of(alias, new byte[] {1, 2, 3}).send(port).status()).isEqualTo(422);

    assertThat(number("lodisc_inference_batch_size_count{}")).isEqualTo(batches + 1);
    assertThat(number("lodisc_inference_decode_seconds_count{}")).isGreaterThanOrEqualTo(2);
    assertThat(number("lodisc_inference_forward_seconds_sum{}")).isPositive();
    assertThat(number("lodisc_inference_rejections_total{reason=\"not-a-picture\"}")).isPositive();
    assertThat(number("http_server_requests_seconds_count{.*status=\"422\".*/embeddings\"}"))
        .isPositive();
    assertThat(number("executor_pool_size_threads{name=\"embed\"}")).isPositive();
    assertThat(
            number(
                "lodisc_inference_model_info{alias=\"%s\",checkpoint=\"%s\"}"
                    .formatted(alias, checkpoint)))
        .isEqualTo(1);

    String next = offer(8);
    TRAINING.aliases.put(alias, next);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> metrics().contains("alias=\"%s\",checkpoint=\"%s\"".formatted(alias, next)));
    assertThat(metrics()).doesNotContain("checkpoint=\"%s\"} 1".formatted(checkpoint));
  }

  @Test
  void aModelThatCannotBeLookedUpGoesStale() {
    String alias = offer(9);
    assertThat(Form.of(alias, Drawings.png(1)).send(port).status()).isEqualTo(200);
    String series = "lodisc_inference_model_unchecked_seconds{alias=\"%s\"}".formatted(alias);
    TRAINING.stop();
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> number(series) > 1.5);
    } finally {
      TRAINING.start();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> number(series) < 1.5);
  }

  /** Of the series that starts so, the application's label left out; 0 if there is none. */
  private double number(String series) {
    Pattern line =
        Pattern.compile(
            "^%s (\\S+)$".formatted(series.replace("{", "\\{").replace("}", "\\}")),
            Pattern.MULTILINE);
    Matcher found = line.matcher(metrics());
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  private String metrics() {
    return get("/actuator/prometheus")
        .replaceAll("application=\"[^\"]*\",|,?application=\"[^\"]*\"", "");
  }

  private String get(String path) {
    return RestClient.create("http://localhost:" + management)
        .get()
        .uri(path)
        .retrieve()
        .body(String.class);
  }
}
