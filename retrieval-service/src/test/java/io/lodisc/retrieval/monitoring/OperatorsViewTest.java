package io.lodisc.retrieval.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.retrieval.support.Pictures;
import io.lodisc.retrieval.support.ServiceTest;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.web.client.RestClient;

class OperatorsViewTest extends ServiceTest {

  @LocalManagementPort int management;

  @Test
  void healthKnowsTheDatabase() {
    assertThat(get("health/readiness")).contains("\"db\":{\"status\":\"UP\"}");
    assertThat(get("health/liveness")).contains("UP").doesNotContain("db");
    assertThat(get("info")).contains("\"service\":\"retrieval-service\"");
  }

  @Test
  void searchesAndCollectionsAreCounted() {
    String collection = api.collection("operators");
    add(collection, "red-1", Pictures.RED);
    add(collection, "blue-1", Pictures.BLUE);
    double images = number("lodisc_search_seconds_count{kind=\"image\"}");
    double items = number("lodisc_search_seconds_count{kind=\"item\"}");

    assertThat(api.form(collection + "/search", Map.of("image", Pictures.RED)).status())
        .isEqualTo(200);
    assertThat(api.post(collection + "/search", Map.of("item", "red-1")).status()).isEqualTo(200);

    assertThat(number("lodisc_search_seconds_count{kind=\"image\"}")).isEqualTo(images + 1);
    assertThat(number("lodisc_search_seconds_count{kind=\"item\"}")).isEqualTo(items + 1);
    assertThat(number("lodisc_search_index_seconds_count{kind=\"exact\"}")).isGreaterThan(1);
    String name = collection.substring(collection.lastIndexOf('/') + 1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> number("lodisc_collection_items{collection=\"%s\"}".formatted(name)) == 2);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> number("lodisc_index_bytes{collection=\"%s\"}".formatted(name)) == 2 * 48 * 4);
    assertThat(metrics())
        .contains("hikaricp_connections_active{")
        .containsPattern("lodisc_schema_info\\{schema=\"retrieval\",version=\"[0-9]+\"} 1");
  }

  /** Of the series, the application's label left out; 0 if there is none. */
  private double number(String series) {
    Matcher found =
        Pattern.compile("^%s (\\S+)$".formatted(Pattern.quote(series)), Pattern.MULTILINE)
            .matcher(metrics());
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  private String metrics() {
    return get("prometheus").replace("application=\"retrieval-service\",", "");
  }

  private String get(String path) {
    return RestClient.create("http://localhost:" + management)
        .get()
        .uri("/actuator/" + path)
        .retrieve()
        .body(String.class);
  }
}
