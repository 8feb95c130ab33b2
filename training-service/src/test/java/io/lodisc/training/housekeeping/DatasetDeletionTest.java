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
    upload("uploaded", 3);
    Path cached = home.folder().resolve("cache/uploaded/picture");
    Files.createDirectories(cached.getParent());
    Files.writeString(cached, "shrunk");
    long bytes = Stock.bytes(stock.blobs("datasets", "uploaded")) + Files.size(cached);
    stock.job("SUCCEEDED", "uploaded");

    JsonNode deleted =
        api.with("Lodisc-User", "ann").delete("/api/v1/datasets/uploaded").is(200).json();

    assertThat(deleted.path("dataset").asString()).isEqualTo("uploaded");
    assertThat(deleted.path("bytes").asLong()).isEqualTo(bytes);
    assertThat(stock.blobs("datasets", "uploaded")).doesNotExist();
    assertThat(stock.blobs("incoming")).isEmptyDirectory();
    assertThat(cached).doesNotExist();
    api.get("/api/v1/datasets/uploaded").isProblem(404, "not-found", "uploaded");
    api.delete("/api/v1/datasets/uploaded").isProblem(404, "not-found", "uploaded");
    JsonNode told = api.get("/api/v1/audit?subject=uploaded").is(200).json().path("items").path(0);
    assertThat(told.path("who").asString()).isEqualTo("ann");
    assertThat(told.path("what").asString()).isEqualTo("dataset.delete");
    upload("uploaded", 4);
  }

  @Test
  void theFilesOfARegisteredFolderStay() throws IOException {
    Path folder = Pictures.folder(home.datasets().resolve("mine"), 4);
    register("mine", folder);

    assertThat(api.delete("/api/v1/datasets/mine").is(200).json().path("bytes").asLong()).isZero();

    api.get("/api/v1/datasets/mine").isProblem(404, "not-found", "mine");
    assertThat(folder.resolve("even/0.png")).exists();
    assertThat(folder.resolve("odd/3.png")).exists();
    register("mine", folder);
  }

  @Test
  void aSetThatUnfinishedJobsUseStays() throws IOException {
    upload("used", 4);
    String queued = stock.job("QUEUED", "used");
    String running = stock.job("RUNNING", "used");
    String paused = stock.job("PAUSED", "used");
    String failed = stock.job("FAILED", "used");

    var refused = api.delete("/api/v1/datasets/used");

    refused.isProblem(
        409,
        "conflict",
        "3 unfinished jobs",
        queued + " (QUEUED)",
        running + " (RUNNING)",
        paused + " (PAUSED)");
    assertThat(refused.text("detail")).doesNotContain(failed);
    api.get("/api/v1/datasets/used").is(200);
    assertThat(Stock.bytes(stock.blobs("datasets", "used"))).isPositive();
    for (String job : new String[] {queued, running, paused}) {
      stock.set(job, "state = 'CANCELLED'");
    }
    api.delete("/api/v1/datasets/used").is(200);
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
