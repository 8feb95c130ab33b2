package io.lodisc.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.standalone.Dashboard.Panel;
import io.lodisc.standalone.Dashboard.Query;
import io.lodisc.standalone.Prometheus.Series;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform in a process of its own that goes the demo's way with a tiny model, Debian's
 * Prometheus beside it, and one that collects traces. The dashboards are left as pages in
 * target/dashboards.
 */
class MonitoringTest {

  private static final String RATE_INTERVAL = "30s";
  private static final int PICTURES = 12;
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final String JOB =
      """
      {"dataset": "dozen",
       "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
       "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": 400,
       "checkpointEpochs": 20, "evaluation": {"everyEpochs": 100, "probeEpochs": 2}}
      """;

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static Home home;
  private static TraceCollector collector;
  private static Program program;
  private static Prometheus prometheus;
  private static RestClient api;
  private static JsonNode job;
  private static long began;
  private static long ended;

  @BeforeAll
  static void goTheDemosWay() throws Exception {
    home = Home.make();
    collector = new TraceCollector();
    program =
        Program.serve(
            home.path(),
            Map.of(
                "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                "ecs",
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                collector.url()));
    api = RestClient.create(program.url() + "/api/v1");
    prometheus = Prometheus.start(home.path().resolve("prometheus"), program.managementUrl());
    began = Instant.now().getEpochSecond();

    Path pictures = pictures(home.path().resolve("datasets/dozen"));
    post("/datasets", "{\"name\": \"dozen\", \"path\": \"%s\"}".formatted(pictures));
    String id = post("/jobs", JOB).path("id").asString();
    until(() -> !List.of("QUEUED", "RUNNING").contains(get("/jobs/" + id, "state")));
    job = JsonMapper.shared().readTree(get("/jobs/" + id));
    assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");

    api.put()
        .uri("/models/production")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"checkpoint\": \"%s\"}".formatted(job.path("checkpoint").asString()))
        .retrieve()
        .toBodilessEntity();
    post("/collections", "{\"name\": \"catalogue\"}");
    for (int i = 0; i < PICTURES; i++) {
      upload("/collections/catalogue/items", pictures.resolve(i + ".png"), Map.of("id", "i" + i));
    }
    float[] vector = new float[16];
    vector[0] = 1;
    String byVector = JsonMapper.shared().writeValueAsString(Map.of("vector", vector));
    for (int i = 0; i < 20; i++) {
      upload("/collections/catalogue/search", pictures.resolve(i % PICTURES + ".png"), Map.of());
      post("/collections/catalogue/search", "{\"item\": \"i3\"}");
      post("/collections/catalogue/search", byVector);
      refused(home.path().resolve("console.txt"));
      Thread.sleep(500);
    }
    ended = Instant.now().getEpochSecond();
  }

  @AfterAll
  static void stop() throws Exception {
    prometheus.close();
    program.close();
    collector.close();
    home.close();
  }

  @Test
  void eachPanelOfEachDashboardShowsSomething() throws Exception {
    for (Dashboard dashboard : Dashboard.all()) {
      for (Panel panel : dashboard.panels()) {
        for (Query query : panel.queries()) {
          List<Series> found =
              prometheus.range(dashboard.filled(query, RATE_INTERVAL), began, ended, 1);
          if (!panel.needsGpu()) {
            assertThat(found)
                .as("%s: %s: %s", dashboard.name(), panel.title(), query.expression())
                .anyMatch(series -> series.y().length > 0);
          }
        }
      }
      Path page = Path.of("target/dashboards").resolve(dashboard.name() + ".html");
      Files.createDirectories(page.getParent());
      Files.writeString(
          page, new DashboardPage(dashboard, prometheus, began, ended, 2, RATE_INTERVAL).html());
    }
  }

  @Test
  void prometheusEvaluatesEachAlertAndNoneOfAHealthyPlatformFires() throws Exception {
    List<JsonNode> rules = prometheus.rules();

    assertThat(rules).hasSizeGreaterThan(10);
    assertThat(rules)
        .allSatisfy(rule -> assertThat(rule.path("health").asString()).isEqualTo("ok"));
    assertThat(rules)
        .filteredOn(rule -> rule.path("state").asString().equals("firing"))
        .extracting(rule -> rule.path("name").asString())
        .isSubsetOf("LodiscDiskFull"); // which is this machine's own affair
  }

  @Test
  void scrapesAndProbesAreNoRequestsOfUsers() throws Exception {
    assertThat(prometheus.now("http_server_requests_seconds_count"))
        .isNotEmpty()
        .noneMatch(series -> series.labels().get("uri").startsWith("/actuator"));
    assertThat(collector.names()).noneMatch(name -> name.contains("actuator"));
  }

  @Test
  void aSearchIsOneTraceThroughTheServices() throws Exception {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add("image", new FileSystemResource(home.path().resolve("datasets/dozen/1.png")));
    api.post()
        .uri("/collections/catalogue/search")
        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
        .contentType(MediaType.MULTIPART_FORM_DATA)
        .body(form)
        .retrieve()
        .toBodilessEntity();

    until(
        () ->
            collector
                .names(TRACE)
                .containsAll(
                    List.of(
                        "http post /api/v1/collections/{collection}/search",
                        "http post /api/v1/embeddings")));
    assertThat(collector.lookUps()).isZero();
  }

  @Test
  void aJobIsPartOfTheTraceThatItWasSubmittedIn() throws Exception {
    String trace = job.path("trace").asString();
    String id = job.path("id").asString();

    until(
        () ->
            collector.names(trace).containsAll(List.of("http post /api/v1/jobs", "job pretrain")));
    assertThat(get("/jobs/" + id + "/logs")).contains("[%s %s]".formatted(id, trace));
    List<JsonNode> lines =
        program
            .console()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(JsonMapper.shared()::readTree)
            .toList();
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.path("message").asString()).contains("Job " + id + " ended");
              assertThat(line.path("job").asString()).isEqualTo(id);
              assertThat(line.path("traceId").asString()).isEqualTo(trace);
            });
  }

  private static Path pictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < PICTURES; i++) {
      Random random = new Random(i);
      BufferedImage picture = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 24 * 24; pixel++) {
        picture.setRGB(pixel % 24, pixel / 24, random.nextInt());
      }
      ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
    }
    return folder;
  }

  private static JsonNode post(String path, String json) {
    return api.post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .body(json)
        .retrieve()
        .body(JsonNode.class);
  }

  private static void upload(String path, Path picture, Map<String, String> fields) {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add("image", new FileSystemResource(picture));
    fields.forEach(form::add);
    api.post()
        .uri(path)
        .contentType(MediaType.MULTIPART_FORM_DATA)
        .body(form)
        .retrieve()
        .toBodilessEntity();
  }

  /** No picture: counted by inference as one that it does not serve. */
  private static void refused(Path file) {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add("image", new FileSystemResource(file));
    int status =
        api.post()
            .uri("/embeddings")
            .contentType(MediaType.MULTIPART_FORM_DATA)
            .body(form)
            .exchange((request, answer) -> answer.getStatusCode().value());
    assertThat(status).isEqualTo(422);
  }

  private static String get(String path) {
    return api.get().uri(path).retrieve().body(String.class);
  }

  private static String get(String path, String field) {
    return JsonMapper.shared().readTree(get(path)).path(field).asString();
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
      Thread.sleep(200);
    }
  }
}
