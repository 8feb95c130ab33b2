package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TrainingTest
class DatasetDeletionTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired CheckpointRegistry checkpoints;
  @TempDir Path temporary;
  private Stock stock;

  @BeforeEach
  void stock() {
    stock = new Stock(jdbc, checkpoints, home);
  }

  @Test
  void anUploadedSetGoesWithItsFilesAndItsNameIsFree() throws IOException {
    upload("to-delete", 3);
    Path cached = home.folder().resolve("cache/to-delete/picture");
    Files.createDirectories(cached.getParent());
    Files.writeString(cached, "shrunk");
    long bytes = Stock.bytes(stock.blobs("datasets", "to-delete")) + Files.size(cached);
    stock.job("SUCCEEDED", "to-delete");

    JsonNode deleted =
        api.with("Lodisc-User", "ann").delete("/api/v1/datasets/to-delete").is(200).json();

    assertThat(deleted.path("dataset").asString()).isEqualTo("to-delete");
    assertThat(deleted.path("bytes").asLong()).isEqualTo(bytes);
    assertThat(stock.blobs("datasets", "to-delete")).doesNotExist();
    assertThat(stock.blobs("incoming")).isEmptyDirectory();
    assertThat(cached).doesNotExist();
    api.get("/api/v1/datasets/to-delete").isProblem(404, "not-found", "to-delete");
    api.delete("/api/v1/datasets/to-delete").isProblem(404, "not-found", "to-delete");
    JsonNode told = api.get("/api/v1/audit?subject=to-delete").is(200).json().path("items").path(0);
    assertThat(told.path("who").asString()).isEqualTo("ann");
    assertThat(told.path("what").asString()).isEqualTo("dataset.delete");
    upload("to-delete", 4);
  }

  @Test
  void theFilesOfARegisteredFolderStay() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("to-unregister"), 4);
    register("to-unregister", folder);

    assertThat(api.delete("/api/v1/datasets/to-unregister").is(200).json().path("bytes").asLong())
        .isZero();

    api.get("/api/v1/datasets/to-unregister").isProblem(404, "not-found", "to-unregister");
    assertThat(folder.resolve("even/0.png")).exists();
    assertThat(folder.resolve("odd/3.png")).exists();
    register("to-unregister", folder);
  }

  @Test
  void aSetThatUnfinishedJobsUseStays() throws IOException {
    upload("in-use", 4);
    String queued = stock.job("QUEUED", "in-use");
    String running = stock.job("RUNNING", "in-use");
    String paused = stock.job("PAUSED", "in-use");
    String failed = stock.job("FAILED", "in-use");

    var refused = api.delete("/api/v1/datasets/in-use");

    refused.isProblem(
        409,
        "conflict",
        "3 unfinished jobs",
        queued + " (QUEUED)",
        running + " (RUNNING)",
        paused + " (PAUSED)");
    assertThat(refused.text("detail")).doesNotContain(failed);
    api.get("/api/v1/datasets/in-use").is(200);
    assertThat(Stock.bytes(stock.blobs("datasets", "in-use"))).isPositive();
    for (String job : new String[] {queued, running, paused}) {
      stock.set(job, "state = 'CANCELLED'");
    }
    api.delete("/api/v1/datasets/in-use").is(200);
  }

  private void register(String name, Path folder) {
    api.post("/api/v1/datasets", "{\"name\":\"%s\",\"path\":\"%s\"}".formatted(name, folder))
        .is(201);
  }

  private void upload(String name, int seed) throws IOException {
    Path picture = temporary.resolve("one.png");
    Pictures.png(picture, seed);
    Path zip = temporary.resolve("set.zip");
    Pictures.zip(zip, Map.of("a/1.png", Files.readAllBytes(picture)));
    api.upload("/api/v1/datasets", zip, Map.of("name", name)).is(201);
  }
}
