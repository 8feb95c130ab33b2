package io.lodisc.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as Helm sees it, and the values that its schema refuses. */
class ValuesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {image: {tag: latest}}                                 | /image/tag
          {image: {tag: 'two words'}}                            | /image/tag
          {image: {pullPolicy: Sometimes}}                       | /image/pullPolicy
          {databse: {host: db}}                                  | databse
          {database: {host: ''}}                                 | /database/host
          {database: {host: 'db:5432'}}                          | /database/host
          {database: {password: secret}}                         | password
          {database: {port: '5432'}}                             | /database/port
          {database: {existingSecret: ''}}                       | /database/existingSecret
          {blobs: {s3: {secretKey: abc}}}                        | secretKey
          {blobs: {s3: {endpoint: 'objects:9000'}}}              | /blobs/s3/endpoint
          {blobs: {volume: {accessModes: [ReadWriteOncePod]}}}   | /blobs/volume/accessModes
          {blobs: {volume: {size: much}}}                        | /blobs/volume/size
          {workers: {tpu: {enabled: true}}}                      | tpu
          {workers: {cpu: {replicas: -1}}}                       | /workers/cpu/replicas
          {workers: {gpu: {labels: ["a'b"]}}}                    | /workers/gpu/labels/0
          {workers: {gpu: {heap: 4 GB}}}                         | /workers/gpu/heap
          {workers: {gpu: {keda: {enabled: 'yes'}}}}             | /workers/gpu/keda/enabled
          {inference: {resources: {limits: {gpu: 1}}}}           | gpu
          {inference: {autoscaling: {cpuPercent: 0}}}            | /inference/autoscaling/cpuPercent
          {retrieval: {extraEnv: [{name: A}]}}                   | /retrieval/extraEnv/0
          {training: {tolerations: [{key: a, effect: Never}]}}   | /training/tolerations/0/effect
          {podDisruptionBudgets: {maxUnavailable: 0}}            | /podDisruptionBudgets/maxUnavailable
          {ingress: {host: 'https://example.com'}}               | /ingress/host
          {networkPolicies: {s3To: [{}]}}                        | /networkPolicies/s3To/0
          {monitoring: {interval: 30}}                           | /monitoring/interval
          """)
  void whatIsWrongIsRefusedByItsName(String values, String where) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    assertThatThrownBy(() -> Chart.render(file))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(where);
  }

  @Test
  void theSchemaNamesEveryValueAndNoOther() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
    List<String> open = new ArrayList<>();
    find(schema, schema.path("properties"), "", open);
    assertThat(open).isEmpty();
  }

  /** Objects with named values that would take others too. */
  private static void find(JsonNode schema, JsonNode values, String path, List<String> open) {
    values
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.has("$ref")) {
                value = schema.at(value.path("$ref").asText().substring(1));
              }
              if (value.has("properties")) {
                if (!value.path("additionalProperties").isBoolean()
                    || value.path("additionalProperties").asBoolean()) {
                  open.add(path + "/" + entry.getKey());
                }
                find(schema, value.path("properties"), path + "/" + entry.getKey(), open);
              }
            });
  }

  @Test
  void helmFindsNothingAmiss() {
    LintResult found = new Helm(Chart.FOLDER).lint().strict().call();
    assertThat(found.isFailed()).as("%s", found.getMessages()).isFalse();
    assertThat(found.getMessages())
        .allMatch(message -> message.contains("icon is recommended") || !message.contains("["));
  }

  @Test
  void theChartIsOfThisVersion() throws IOException {
    JsonNode chart = Manifests.YAML.readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());
    assertThat(chart.path("appVersion").asText()).isEqualTo(System.getProperty("lodisc.version"));
    assertThat(System.getProperty("lodisc.version")).startsWith(chart.path("version").asText());
  }
}
