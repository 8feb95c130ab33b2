package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.standalone.Dashboard.Panel;
import io.lodisc.standalone.Dashboard.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** What lies in monitoring/, as far as it can be checked without a platform. */
class MonitoringFilesTest {

  private static final Pattern HEADING = Pattern.compile("(?m)^## (\\S+)$");

  @TempDir private Path folder;

  @Test
  void theAlertsPassTheirTests() throws Exception {
    promtool("check", "rules", "alerts.yml");
    promtool("test", "rules", "alerts.test.yml");
  }

  @Test
  void theConfigurationsAreValid() throws Exception {
    promtool("check", "config", "prometheus.yml");
    promtool("check", "config", "standalone.yml");
  }

  @Test
  void eachAlertIsTestedAndHasAnEntryInTheRunbook() throws IOException {
    Set<String> alerts = new HashSet<>();
    for (Map<String, Object> rule : rules()) {
      String name = (String) rule.get("alert");
      alerts.add(name);
      Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
      assertThat(annotations.get("runbook_url"))
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(annotations.get("summary")).as(name).isNotNull();
      assertThat(rule.get("labels")).as(name).hasFieldOrProperty("severity");
    }
    String runbook = Files.readString(Home.PROJECT.resolve("docs/runbook.md"));
    assertThat(HEADING.matcher(runbook).results().map((MatchResult r) -> r.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(alerts);
    String tests = Files.readString(Prometheus.FILES.resolve("alerts.test.yml"));
    assertThat(alerts)
        .allSatisfy(
            name -> assertThat(tests).contains("runbook.md#" + name.toLowerCase(Locale.ROOT)));
  }

  @Test
  void theDashboardsAreWellFormed() throws IOException {
    List<Dashboard> all = Dashboard.all();
    assertThat(all)
        .extracting(Dashboard::name)
        .containsExactly("overview", "retrieval", "serving", "training");
    for (Dashboard dashboard : all) {
      assertThat(dashboard.json().path("uid").asString()).isEqualTo("lodisc-" + dashboard.name());
      Set<String> variables =
          dashboard
              .json()
              .at("/templating/list")
              .valueStream()
              .map(variable -> variable.path("name").asString())
              .collect(Collectors.toSet());
      assertThat(variables).contains("datasource");
      Set<Integer> ids = new HashSet<>();
      Set<List<Integer>> taken = new HashSet<>();
      for (Panel panel : dashboard.panels()) {
        String what = dashboard.name() + ": " + panel.title();
        assertThat(ids.add(panel.json().path("id").asInt())).as(what).isTrue();
        assertThat(panel.title()).isNotBlank();
        assertThat(panel.unit()).as(what).isNotBlank();
        assertThat(panel.json().at("/datasource/uid").asString()).isEqualTo("${datasource}");
        assertThat(panel.queries()).as(what).isNotEmpty();
        for (Query query : panel.queries()) {
          assertThat(query.legend()).as(what).isNotBlank();
          assertThat(dashboard.filled(query, "1m")).as(what).doesNotContain("$");
        }
        for (List<Integer> cell : cells(panel.json().path("gridPos"))) {
          assertThat(cell.getFirst()).as(what).isLessThan(24);
          assertThat(taken.add(cell)).as("%s overlaps", what).isTrue();
        }
      }
    }
  }

  private static List<List<Integer>> cells(JsonNode place) {
    List<List<Integer>> cells = new ArrayList<>();
    for (int x = 0; x < place.path("w").asInt(); x++) {
      for (int y = 0; y < place.path("h").asInt(); y++) {
        cells.add(List.of(place.path("x").asInt() + x, place.path("y").asInt() + y));
      }
    }
    return cells;
  }

  private static List<Map<String, Object>> rules() throws IOException {
    Map<String, List<Map<String, Object>>> file =
        new Yaml().load(Files.readString(Prometheus.FILES.resolve("alerts.yml")));
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, Object> group : file.get("groups")) {
      for (Object rule : (List<?>) group.get("rules")) {
        @SuppressWarnings("unchecked")
        Map<String, Object> one = (Map<String, Object>) rule;
        rules.add(one);
      }
    }
    return rules;
  }

  private void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("promtool.txt");
    int code =
        new ProcessBuilder(command)
            .directory(Prometheus.FILES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(output)).isZero();
  }
}
