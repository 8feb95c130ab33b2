package io.lodisc.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard as its file has it. */
record Dashboard(String name, JsonNode json) {

  private static final Path FOLDER = Prometheus.FILES.resolve("grafana/dashboards");

  /** What a panel asks, and how a line of the answer is called, such as {@code {{job_id}}}. */
  record Query(String expression, String legend) {}

  /** One panel. */
  record Panel(JsonNode json) {

    String title() {
      return json.path("title").asString();
    }

    String type() {
      return json.path("type").asString();
    }

    String unit() {
      return json.at("/fieldConfig/defaults/unit").asString();
    }

    /** Whether it shows nothing on a machine without a GPU, as its description says. */
    boolean needsGpu() {
      return json.path("description").asString().startsWith("Needs a GPU");
    }

    List<Query> queries() {
      List<Query> queries = new ArrayList<>();
      for (JsonNode target : json.path("targets")) {
        queries.add(
            new Query(target.path("expr").asString(), target.path("legendFormat").asString()));
      }
      return queries;
    }
  }

  static List<Dashboard> all() throws IOException {
    List<Dashboard> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        all.add(
            new Dashboard(
                file.getFileName().toString().replace(".json", ""),
                JsonMapper.shared().readTree(Files.readString(file))));
      }
    }
    return all;
  }

  List<Panel> panels() {
    return json.path("panels").valueStream().map(Panel::new).toList();
  }

  /** As Grafana fills it in where all values of each variable are chosen. */
  String filled(Query query, String rateInterval) {
    String filled = query.expression().replace("$__rate_interval", rateInterval);
    for (JsonNode variable : json.at("/templating/list")) {
      filled =
          filled.replace(
              "$" + variable.path("name").asString(), variable.path("allValue").asString(""));
    }
    return filled;
  }
}
