package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.Pictures;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TrainingTest
class CheckpointDeletionTest {

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
  void goesWithItsFiles() throws IOException {
    String job = stock.job("SUCCEEDED");
    String id = stock.checkpoint(job, 1);
    long bytes = Stock.bytes(stock.folder(job, 1));

    JsonNode deleted =
        api.with("Lodisc-User", "ann").delete("/api/v1/checkpoints/" + id).is(200).json();

    assertThat(deleted.path("checkpoint").asString()).isEqualTo(id);
    assertThat(deleted.path("bytes").asLong()).isEqualTo(bytes).isPositive();
    assertThat(stock.folder(job, 1)).doesNotExist();
    api.get("/api/v1/checkpoints/" + id).isProblem(404, "not-found", id);
    api.get("/api/v1/checkpoints/" + id + "/files/encoder.safetensors")
        .isProblem(404, "not-found", id);
    assertThat(api.get("/api/v1/jobs/" + job).is(200).json().has("checkpoint")).isFalse();
    JsonNode told = api.get("/api/v1/audit?subject=" + id).is(200).json().path("items").path(0);
    assertThat(told.path("who").asString()).isEqualTo("ann");
    assertThat(told.path("what").asString()).isEqualTo("checkpoint.delete");
    api.delete("/api/v1/checkpoints/" + id).isProblem(404, "not-found", id);
  }

  @Test
  void staysWhileSomethingUsesIt() throws IOException {
    String job = stock.job("PAUSED");
    String used = stock.checkpoint(job, 1);
    api.put("/api/v1/models/needed", "{\"checkpoint\":\"%s\"}".formatted(used)).is(200);
    String starting = stock.job("RUNNING");
    stock.set(starting, "start = '" + used + "'");

    api.delete("/api/v1/checkpoints/" + used)
        .isProblem(
            409,
            "conflict",
            "the model 'needed' means it",
            "it is the newest of job '%s' (PAUSED)".formatted(job),
            "job '%s' (RUNNING) starts from it".formatted(starting));

    api.get("/api/v1/checkpoints/" + used + "/files/encoder.safetensors").is(200);
  }

  @Test
  void staysWhileAJobIsToMeasureIt() throws IOException {
    String made = stock.job("SUCCEEDED");
    String measured = stock.checkpoint(made, 1);
    String against = stock.checkpoint(made, 2);
    String job = stock.job("QUEUED");
    stock.set(
        job,
        "type = 'evaluate', settings = '{\"checkpoint\":\"%s\",\"against\":\"%s\"}'"
            .formatted(measured, against));

    for (String used : new String[] {measured, against}) {
      api.delete("/api/v1/checkpoints/" + used)
          .isProblem(409, "conflict", "job '%s' (QUEUED) measures it".formatted(job));
    }
    stock.set(job, "state = 'FAILED'");
    api.delete("/api/v1/checkpoints/" + measured).is(200);
    api.delete("/api/v1/checkpoints/" + against).is(200);
  }

  @Test
  void filesThatTheServiceDidNotWriteStay() throws IOException {
    Path folder = temporary.resolve("configured");
    checkpoints.register("configured", folder, Checkpointed.write(folder, null, 0));

    assertThat(api.delete("/api/v1/checkpoints/configured").is(200).json().path("bytes").asLong())
        .isZero();

    assertThat(folder.resolve("encoder.safetensors")).exists();
  }

  @Test
  void aJobThatIsSubmittedMeanwhileStartsFromItOrIsRefused() throws Exception {
    Path pictures = Pictures.folder(home.datasets().resolve("four-to-start"), 4);
    api.post("/api/v1/datasets", "{\"name\":\"four-to-start\",\"path\":\"%s\"}".formatted(pictures))
        .is(201);
    for (int round = 1; round <= 20; round++) {
      String id = stock.checkpoint(stock.job("SUCCEEDED"), round);
      String order = "{\"dataset\":\"four-to-start\",\"batch\":2,\"start\":\"%s\"}".formatted(id);

      CompletableFuture<Answer> submitted =
          CompletableFuture.supplyAsync(() -> api.post("/api/v1/jobs", order));
      Answer deleted = api.delete("/api/v1/checkpoints/" + id);

      if (deleted.status() == 200) {
        submitted.join().isProblem(404, "not-found", id);
      } else {
        submitted.join().is(201);
        deleted.isProblem(409, "conflict", submitted.join().text("id"));
        api.get("/api/v1/checkpoints/" + id + "/files/encoder.safetensors").is(200);
      }
    }
  }
}
