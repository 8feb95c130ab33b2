package io.lodisc.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.TrainingApplication;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.Slow;
import io.lodisc.training.support.WorkerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** PostgreSQL is stopped while jobs run and comes back: a whole service in a process of its own. */
class DatabaseOutageTest {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int SECONDS_AWAY = Slow.of(8, 30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = freePort();
  private final int managementPort = freePort();
  @TempDir private Path folder;

  @Test
  void jobsGoOnOrResumeAndNoStateIsLost() throws Exception {
    int databasePort = freePort();
    EmbeddedPostgres postgres = database(databasePort);
    try (WorkerProcess service = service(postgres.getJdbcUrl("postgres", "postgres"))) {
      await().atMost(LONG).ignoreExceptions().until(() -> get("/jobs").has("items"));
      Path pictures = Pictures.folder(folder.resolve("home/datasets/dozen"), 12);
      assertThat(post("/datasets", "{\"name\":\"dozen\",\"path\":\"%s\"}".formatted(pictures)))
          .isEqualTo(201);
      List<String> jobs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        assertThat(post("/jobs", JOB)).isEqualTo(201);
      }
      get("/jobs").path("items").forEach(job -> jobs.add(job.path("id").asString()));
      await().atMost(LONG).until(() -> step(jobs.get(1)) > 20);

      postgres.close();
      Thread.sleep(1000);
      assertThat(status(url("/jobs"))).isEqualTo(503);
      assertThat(status(actuator("health/readiness"))).isEqualTo(503);
      assertThat(status(actuator("health/liveness"))).isEqualTo(200);
      await().atMost(LONG).until(() -> metrics().contains("lodisc_queue_oldest_seconds{} NaN"));
      Thread.sleep(SECONDS_AWAY * 1000L);
      postgres = database(databasePort);

      for (String job : jobs) {
        await()
            .atMost(LONG)
            .ignoreExceptions()
            .until(() -> get("/jobs/" + job).path("state").asString().equals("SUCCEEDED"));
        assertThat(get("/jobs/" + job + "/epochs").path("items")).hasSize(300);
        assertThat(get("/jobs/" + job).path("checkpoint").asString()).isEqualTo(job + "-900");
      }
      assertThat(status(actuator("health/readiness"))).isEqualTo(200);
      await().atMost(LONG).until(() -> metrics().contains("lodisc_queue_oldest_seconds{} 0.0"));
    } finally {
      postgres.close();
    }
  }

  private static final String JOB =
      """
      {"dataset": "dozen",
       "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
       "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": 300,
       "checkpointEpochs": 20, "evaluation": {"everyEpochs": 100000, "probeEpochs": 2}}
      """;

  private WorkerProcess service(String url) throws IOException {
    return WorkerProcess.start(
        TrainingApplication.class,
        url,
        Files.createDirectories(folder.resolve("home")),
        List.of(
            "server.port=" + port,
            "management.server.port=" + managementPort,
            "lodisc.training.workers=2",
            "lodisc.training.child-memory=256m",
            "lodisc.training.queue.lease=4s",
            "lodisc.training.queue.heartbeat=300ms",
            "lodisc.training.queue.backoff=200ms",
            "spring.datasource.hikari.connection-timeout=2000"));
  }

  private EmbeddedPostgres database(int databasePort) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(databasePort)
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .start();
  }

  private long step(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("step").asLong();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(url(path)).build(), HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body());
  }

  private int status(URI url) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String metrics() throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(actuator("prometheus")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .replace("application=\"training-service\"", "");
  }

  private int post(String path, String json) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private URI url(String path) {
    return URI.create("http://localhost:" + port + "/api/v1" + path);
  }

  private URI actuator(String path) {
    return URI.create("http://localhost:%d/actuator/%s".formatted(managementPort, path));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
