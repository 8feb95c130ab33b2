package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules are Prometheus's own file, which monitoring/ has. */
class AlertsTest {

  private static final Path OWN = Chart.FOLDER.resolve("files/alerts.yml");

  @Test
  void theChartsRulesAreThoseOfMonitoring() throws IOException {
    Path source = Chart.PROJECT.resolve("monitoring/alerts.yml");
    if (Files.exists(source)) {
      assertThat(OWN)
          .as("cp monitoring/alerts.yml helm/lodisc/files/")
          .hasSameTextualContentAs(source);
    }
  }

  @Test
  void arriveUnchanged() throws IOException {
    PrometheusRule rule = Rendered.of("monitoring").all(PrometheusRule.class).getFirst();
    JsonNode rendered = Manifests.YAML.valueToTree(rule.getSpec().getGroups());
    JsonNode source = Manifests.YAML.readTree(OWN.toFile()).path("groups");
    assertThat(source).isNotEmpty();
    assertThat(rendered).hasSameSizeAs(source);
    for (int group = 0; group < source.size(); group++) {
      JsonNode rules = source.get(group).path("rules");
      for (int i = 0; i < rules.size(); i++) {
        JsonNode found = rendered.get(group).path("rules").get(i);
        for (String field : new String[] {"alert", "expr", "for", "annotations", "labels"}) {
          assertThat(found.path(field)).isEqualTo(rules.get(i).path(field));
        }
      }
    }
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
  }
}
