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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's API and two workers in processes of their own; jobs whose process is killed, and
 * jobs whose worker is killed with it: {@code ROUNDS}.
 */
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
  private final String database;
  private final Path home;
  private final List<Process> workers = new ArrayList<>();

  private JobTimesBenchmark(String api, String database, Path home) {
    this.api = api;
    this.database = database;
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    Path home = Files.createTempDirectory("lodisc-benchmark");
    pictures(home.resolve("datasets/noise"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String database = postgres.getJdbcUrl("postgres", "postgres");
      List<String> settings = new ArrayList<>(settings(database, home));
      settings.add("--lodisc.training.roles=api");
      try (ConfigurableApplicationContext service =
          SpringApplication.run(TrainingApplication.class, settings.toArray(String[]::new))) {
        String port = service.getEnvironment().getProperty("local.server.port");
        new JobTimesBenchmark("http://localhost:" + port + "/api/v1", database, home).run(rounds);
      }
    }
  }

  private static List<String> settings(String database, Path home) {
    return List.of(
        "--spring.datasource.url=" + database,
        "--spring.datasource.username=postgres",
        "--server.port=0",
        "--management.server.port=0",
        "--lodisc.home=" + home);
  }

  private void run(int rounds) throws Exception {
    post(
        "/datasets",
        "{\"name\":\"noise\",\"path\":\"%s\"}".formatted(home.resolve("datasets/noise")));
    try {
      startWorker();
      startWorker();
      measure(false); // until both have started and what is run has been compiled
      double[][] process = new double[rounds][];
      double[][] worker = new double[rounds][];
      for (int i = 0; i < rounds; i++) {
        process[i] = measure(false);
        worker[i] = measure(true);
        startWorker();
      }
      tell("submit to first step", process, 0);
      tell("kill of its process to its next attempt's first step", process, 1);
      tell("kill of worker and process to another worker's first step", worker, 1);
    } finally {
      for (Process worker : workers) {
        worker.descendants().forEach(ProcessHandle::destroyForcibly);
        worker.destroyForcibly();
      }
    }
  }

  /** Seconds from submission to the first step, and from the kill to the next. */
  private double[] measure(boolean killsWorker) throws Exception {
    long submitted = System.nanoTime();
    String id = post("/jobs", JOB).path("id").asString();
    awaitStep(id, 0);
    double first = (System.nanoTime() - submitted) / 1e9;
    awaitStep(id, 1000);
    Process worker = workers.stream().filter(w -> w.children().count() > 0).findAny().orElseThrow();
    long killed = System.nanoTime();
    worker.descendants().forEach(ProcessHandle::destroyForcibly);
    if (killsWorker) {
      worker.destroyForcibly().waitFor();
      workers.remove(worker);
    }
    awaitSecondAttempt(id);
    double again = (System.nanoTime() - killed) / 1e9;
    post("/jobs/" + id + "/cancel", "");
    while (!get("/jobs/" + id).path("state").asString().equals("CANCELLED")) {
      Thread.sleep(50);
    }
    return new double[] {first, again};
  }

  private void startWorker() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TrainingApplication.class.getName());
    command.addAll(settings(database, home));
    command.add("--lodisc.training.roles=worker");
    workers.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private static void tell(String what, double[][] measured, int which) {
    double[] sorted = Arrays.stream(measured).mapToDouble(m -> m[which]).sorted().toArray();
    System.out.printf(
        Locale.ROOT, "jobs: %s, median seconds %.1f%n", what, sorted[sorted.length / 2]);
  }

  private void awaitStep(String id, long past) throws Exception {
    while (get("/jobs/" + id).path("step").asLong() <= past) {
      Thread.sleep(20);
    }
  }

  /** Until it tells of a step, which may be an earlier one than the first attempt's last. */
  private void awaitSecondAttempt(String id) throws Exception {
    while (get("/jobs/" + id).path("attempts").asInt() < 2) {
      Thread.sleep(20);
    }
    long left = get("/jobs/" + id).path("step").asLong();
    while (get("/jobs/" + id).path("step").asLong() == left) {
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
