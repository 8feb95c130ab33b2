package io.lodisc.benchmarks;

import io.lodisc.training.TrainingApplication;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with one worker, and jobs whose process is killed: {@code ROUNDS}. */
public final class JobTimesBenchmark {

  private static final String JOB =
      """
      {"dataset": "noise", "epochs": 100000, "batch": 4, "headHidden": 16, "headOut": 8,
       "checkpointEpochs": 50,
       "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
       "evaluation": {"everyEpochs": 0}}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String api;

  private JobTimesBenchmark(String api) {
    this.api = api;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path home = Files.createTempDirectory("lodisc-benchmark");
    pictures(home.resolve("datasets/noise"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        ConfigurableApplicationContext service =
            SpringApplication.run(
                TrainingApplication.class,
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--server.port=0",
                "--management.server.port=0",
                "--lodisc.home=" + home)) {
      String port = service.getEnvironment().getProperty("local.server.port");
      new JobTimesBenchmark("http://localhost:" + port + "/api/v1").run(rounds, home);
    }
  }

  private void run(int rounds, Path home) throws Exception {
    post(
        "/datasets",
        "{\"name\":\"noise\",\"path\":\"%s\"}".formatted(home.resolve("datasets/noise")));
    double[] first = new double[rounds];
    double[] again = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long submitted = System.nanoTime();
      String id = post("/jobs", JOB).path("id").asString();
      awaitStep(id, 1, 0);
      first[i] = (System.nanoTime() - submitted) / 1e9;
      awaitStep(id, 1, 1000);
      long killed = System.nanoTime();
      ProcessHandle.current()
          .descendants()
          .filter(p -> p.info().command().orElse("").endsWith("java"))
          .forEach(ProcessHandle::destroyForcibly);
      awaitStep(id, 2, get("/jobs/" + id).path("step").asLong());
      again[i] = (System.nanoTime() - killed) / 1e9;
      post("/jobs/" + id + "/cancel", "");
      while (!get("/jobs/" + id).path("state").asString().equals("CANCELLED")) {
        Thread.sleep(50);
      }
    }
    Arrays.sort(first);
    Arrays.sort(again);
    System.out.printf(
        Locale.ROOT, "jobs: submit to first step, median seconds %.1f%n", first[rounds / 2]);
    System.out.printf(
        Locale.ROOT,
        "jobs: kill of its process to its next attempt, median seconds %.1f%n",
        again[rounds / 2]);
  }

  private void awaitStep(String id, int attempt, long past) throws Exception {
    while (true) {
      JsonNode job = get("/jobs/" + id);
      if (job.path("attempts").asInt() >= attempt && job.path("step").asLong() > past) {
        return;
      }
      Thread.sleep(20);
    }
  }

  private JsonNode get(String path) throws Exception {
    return answer(HttpRequest.newBuilder(URI.create(api + path)).build());
  }

  private JsonNode post(String path, String json) throws Exception {
    return answer(
        HttpRequest.newBuilder(URI.create(api + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private JsonNode answer(HttpRequest request) throws Exception {
    return JsonMapper.shared()
        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private static void pictures(Path folder) throws Exception {
    Files.createDirectories(folder);
    Random random = new Random(1);
    for (int i = 0; i < 12; i++) {
      BufferedImage picture = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 24 * 24; p++) {
        picture.setRGB(p % 24, p / 24, random.nextInt());
      }
      ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
    }
  }
}
