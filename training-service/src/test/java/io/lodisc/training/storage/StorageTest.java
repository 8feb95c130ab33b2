package io.lodisc.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import io.lodisc.training.support.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** An API and workers that share a database and a bucket, but no disk. Real training. */
@TrainingTest(
    properties = {
      "lodisc.training.roles=api",
      "lodisc.training.queue.lease=3s",
      "lodisc.training.queue.heartbeat=300ms",
      "lodisc.training.queue.backoff=200ms",
      "lodisc.training.sweep.every=0"
    })
class StorageTest {

  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Machines MACHINES = new Machines();

  @Autowired Api api;
  @Autowired Home home;
  @Autowired DataSource database;
  @TempDir Path temporary;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    MACHINES.properties(registry);
  }

  @BeforeEach
  void dataset() throws IOException {
    if (api.get("/api/v1/datasets/dozen").status() == 404) {
      api.upload("/api/v1/datasets", Machines.zip(temporary, 12), Map.of("name", "dozen")).is(201);
    }
  }

  @AfterEach
  void endWorkers() throws Exception {
    MACHINES.store().start();
    for (JsonNode job : api.get("/api/v1/jobs").is(200).json().path("items")) {
      api.post("/api/v1/jobs/" + job.path("id").asString() + "/cancel", "");
    }
    MACHINES.endWorkers();
  }

  @AfterAll
  static void end() throws Exception {
    MACHINES.close();
  }

  @Test
  void aJobGoesOnOnAnotherMachineAndEndsInTheBytesOfAnUndisturbedRun() throws Exception {
    assertThat(MACHINES.keys("datasets/")).hasSize(1).first().asString().endsWith(".zip");
    assertThat(Machines.files(home.folder().resolve("blobs"))).as("of the API").isEmpty();
    WorkerProcess one = worker("one");
    Answer undisturbed = succeeded(submit(120));
    assertThat(log(undisturbed.text("id"))).contains("fetching data set datasets/dozen/");

    String id = submit(120);
    await()
        .atMost(LONG)
        .until(() -> get(id).json().path("step").asLong() > 60 && get(id).json().has("checkpoint"));
    one.children().forEach(ProcessHandle::destroyForcibly);
    one.kill();
    worker("two");

    Answer job = succeeded(id);
    assertThat(job.json().path("attempts").asInt()).isEqualTo(2);
    assertThat(log(id)).contains("fetching data set", "fetching checkpoint " + id);
    assertThat(encoder(job)).isEqualTo(encoder(undisturbed));
    assertThat(api.get("/api/v1/jobs/" + id + "/epochs").json().path("items")).hasSize(120);
    assertThat(Machines.files(home.folder().resolve("blobs"))).as("of the API").isEmpty();
    List<String> published =
        api
            .get("/api/v1/checkpoints")
            .is(200)
            .json()
            .path("items")
            .findValuesAsString("id")
            .stream()
            .filter(checkpoint -> checkpoint.startsWith(id + "-"))
            .toList();
    assertThat(published).as("retained").hasSize(3);
    // What the killed worker was storing, and never published, is left to the sweep.
    assertThat(checkpoints(id))
        .filteredOn(folder -> folder.contains("/attempt-0002/"))
        .as("retained in the store")
        .hasSize(3);
  }

  @Test
  void aCheckpointIsServedMeasuredElsewherePromotedAndDeleted() throws Exception {
    WorkerProcess one = worker("three");
    String id = submit(20);
    String checkpoint = succeeded(id).text("checkpoint");
    one.terminate();
    String file = "/api/v1/checkpoints/" + checkpoint + "/files/encoder.safetensors";
    Answer whole = api.get(file).is(200);
    String etag = whole.headers().getETag();
    JsonNode listed = api.get("/api/v1/checkpoints/" + checkpoint).json().path("files").path(0);
    assertThat(etag).isEqualTo("\"" + listed.path("sha256").asString() + "\"");
    assertThat(whole.headers().getContentLength()).isEqualTo(listed.path("bytes").asLong());
    Answer range = api.get(file, h -> h.set(HttpHeaders.RANGE, "bytes=8-15")).is(206);
    assertThat(range.bytes()).isEqualTo(Arrays.copyOfRange(whole.bytes(), 8, 16));
    api.get(file, h -> h.setIfNoneMatch(etag)).is(304);
    assertThat(api.get(file.replace("encoder.safetensors", "manifest.json")).is(200).json())
        .isNotEmpty();

    worker("four");
    api.upload("/api/v1/datasets", Machines.split(temporary), Map.of("name", "halves")).is(201);
    String measured =
        api.post(
                "/api/v1/jobs",
                """
                {"type": "evaluate", "dataset": "halves", "checkpoint": "%s", "against": "%s",
                 "evaluation": {"probeEpochs": 2}, "promote": {"alias": "best", "metric": "classToken.mAP",
                             "atLeast": 0}}
                """
                    .formatted(checkpoint, checkpoint))
            .is(201)
            .text("id");
    assertThat(succeeded(measured).text("reason")).contains("Promoted to best");
    assertThat(api.get("/api/v1/models/best").json().path("checkpoint").asString())
        .isEqualTo(checkpoint);
    assertThat(Machines.files(home.folder().resolve("four/blobs/checkpoints")))
        .as("copies that one attempt had")
        .isEmpty();

    api.delete("/api/v1/jobs/" + id).is(200);
    assertThat(checkpoints(id)).as("the promoted one").containsExactly(checkpoint(checkpoint));
    api.get(file).is(200);
    api.delete("/api/v1/datasets/dozen").is(200);
    api.delete("/api/v1/datasets/halves").is(200);
    assertThat(MACHINES.keys("datasets/")).isEmpty();
  }

  @Test
  void aStoreThatIsAwayLosesNothing() throws Exception {
    worker("five");
    String id = submit(150);
    await().atMost(LONG).until(() -> get(id).json().has("checkpoint"));
    MACHINES.store().stop();
    String before = get(id).text("checkpoint");
    Answer refused = api.get("/api/v1/checkpoints/" + before + "/files/encoder.safetensors");
    refused.isProblem(503, "upstream-unavailable");
    Thread.sleep(5000);
    assertThat(get(id).text("state")).isEqualTo("RUNNING");
    MACHINES.store().start();

    Answer job = succeeded(id);
    assertThat(job.json().path("attempts").asInt()).isEqualTo(1);
    assertThat(job.text("checkpoint")).isEqualTo(id + "-450");
    assertThat(encoder(job)).isNotEmpty();
  }

  @Test
  void aJobWaitsForAStoreThatIsAwayAsLongAsItIsWanted() throws Exception {
    worker("six", "lodisc.training.workers=2");
    MACHINES.store().stop();
    String cancelled = submit(10);
    await().atMost(LONG).until(() -> log(cancelled).contains("the store does not answer"));
    String patient = submit(10);
    await().atMost(LONG).until(() -> log(patient).contains("waiting for another job"));
    api.post("/api/v1/jobs/" + cancelled + "/cancel", "").is(202);
    await().atMost(LONG).until(() -> get(cancelled).text("state").equals("CANCELLED"));
    await().atMost(LONG).until(() -> log(patient).contains("the store does not answer"));
    MACHINES.store().start();

    Answer job = succeeded(patient);
    assertThat(job.json().path("attempts").asInt()).isEqualTo(1);
    assertThat(job.json().path("failures").asInt()).isZero();
  }

  @Test
  void anImportedCheckpointLiesInTheStoreAndIsStartedFromElsewhere() throws Exception {
    worker("nine");
    String encoder = succeeded(submit(2)).text("checkpoint");
    Path file = temporary.resolve("encoder.safetensors");
    Files.write(
        file, api.get("/api/v1/checkpoints/" + encoder + "/files/encoder.safetensors").bytes());
    api.upload("/api/v1/checkpoints:import", file, Map.of("name", "brought")).is(201);
    assertThat(MACHINES.keys("checkpoints/imported/")).hasSize(2);
    api.upload("/api/v1/checkpoints:import", file, Map.of("name", "brought")).is(409);

    String started =
        api.post(
                "/api/v1/jobs",
                "{\"dataset\":\"dozen\",\"start\":\"brought\",\"batch\":4,\"epochs\":1,"
                    + "\"headHidden\":16,\"headOut\":8,\"threads\":1,"
                    + "\"evaluation\":{\"everyEpochs\":0}}")
            .is(201)
            .text("id");
    succeeded(started);
    assertThat(log(started)).contains("fetching checkpoint brought");
    api.delete("/api/v1/checkpoints/brought").is(200);
    assertThat(MACHINES.keys("checkpoints/imported/")).isEmpty();
  }

  private WorkerProcess worker(String name, String... more) throws Exception {
    return MACHINES.worker(WorkerProcess.url(database), home.folder().resolve(name), more);
  }

  private String submit(int epochs) {
    return api.post(
            "/api/v1/jobs",
            """
            {"dataset": "dozen",
             "architecture": {"imageSize": 16, "patch": 8, "width": 16, "depth": 1, "heads": 2},
             "batch": 4, "headHidden": 16, "headOut": 8, "threads": 1, "epochs": %d,
             "checkpointEpochs": 10, "evaluation": {"everyEpochs": 100000, "probeEpochs": 2}}
            """
                .formatted(epochs))
        .is(201)
        .text("id");
  }

  private Answer succeeded(String id) {
    await().atMost(LONG).until(() -> get(id).json().has("endedAt"));
    Answer job = get(id);
    assertThat(job.text("state")).as(job.text("reason") + log(id)).isEqualTo("SUCCEEDED");
    return job;
  }

  private Answer get(String id) {
    return api.get("/api/v1/jobs/" + id).is(200);
  }

  private String log(String id) {
    return new String(api.get("/api/v1/jobs/" + id + "/logs").bytes(), StandardCharsets.UTF_8);
  }

  private byte[] encoder(Answer job) {
    String files = "/api/v1/checkpoints/" + job.text("checkpoint") + "/files/";
    return api.get(files + "encoder.safetensors").is(200).bytes();
  }

  /** The folders of a job's checkpoints in the store. */
  private static List<String> checkpoints(String job) {
    return MACHINES.keys("checkpoints/" + job + "/").stream()
        .map(key -> key.substring(0, key.lastIndexOf('/')))
        .distinct()
        .toList();
  }

  private static String checkpoint(String id) {
    String[] parts = id.split("-");
    return "checkpoints/%s/attempt-0001/step-%08d".formatted(parts[0], Long.parseLong(parts[1]));
  }
}
