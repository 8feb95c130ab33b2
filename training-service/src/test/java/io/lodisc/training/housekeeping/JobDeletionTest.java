package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.support.Answer;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TrainingTest
class JobDeletionTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired CheckpointRegistry checkpoints;
  private Stock stock;

  @BeforeEach
  void stock() {
    stock = new Stock(jdbc, checkpoints, home);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCEEDED", "FAILED", "CANCELLED", "PAUSED"})
  void aJobThatDoesNotRunGoesWithAllThatIsItsOwn(String state) throws IOException {
    String job = stock.job(state);
    String first = stock.checkpoint(job, 1);
    String second = stock.checkpoint(job, 2);
    Path log = stock.run(job).resolve("attempt-0001/log.txt");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "a line");
    Files.writeString(stock.folder(job, 2).resolveSibling("unpublished"), "bytes");
    jdbc.sql("insert into training.job_epoch values (:job, 1, '{}')").param("job", job).update();
    long bytes = Stock.bytes(stock.blobs("checkpoints", job)) + Files.size(log);

    Answer deleted = api.with("Lodisc-User", "ann").delete("/api/v1/jobs/" + job).is(200);

    assertThat(deleted.text("job")).isEqualTo(job);
    assertThat(deleted.json().path("checkpoints"))
        .extracting(JsonNode::asString)
        .containsExactly(second, first);
    assertThat(deleted.json().path("kept")).isEmpty();
    assertThat(deleted.json().path("bytes").asLong()).isEqualTo(bytes).isPositive();
    api.get("/api/v1/jobs/" + job).isProblem(404, "not-found", job);
    api.get("/api/v1/checkpoints/" + first).isProblem(404, "not-found", first);
    api.get("/api/v1/checkpoints/" + first + "/files/manifest.json").isProblem(404, "not-found");
    assertThat(stock.run(job)).doesNotExist();
    assertThat(stock.blobs("checkpoints", job)).doesNotExist();
    assertThat(rows("job_epoch", job)).isZero();
    assertThat(rows("job_event", job)).isZero();
    JsonNode told = api.get("/api/v1/audit?subject=" + job).is(200).json().path("items").path(0);
    assertThat(told.path("who").asString()).isEqualTo("ann");
    assertThat(told.path("what").asString()).isEqualTo("job.delete");
    assertThat(told.path("why").asString()).contains(state);
    assertThat(api.get("/api/v1/audit?subject=" + first).json().path("items")).hasSize(1);
    api.delete("/api/v1/jobs/" + job).isProblem(404, "not-found", job);
  }

  @Test
  void itsCheckpointsThatOthersUseStay() throws IOException {
    String job = stock.job("SUCCEEDED");
    String promoted = stock.checkpoint(job, 1);
    String start = stock.checkpoint(job, 2);
    String parent = stock.checkpoint(job, 3);
    String formerStart = stock.checkpoint(job, 4);
    api.put("/api/v1/models/served", "{\"checkpoint\":\"%s\"}".formatted(promoted)).is(200);
    String starting = stock.job("QUEUED");
    stock.set(starting, "start = '" + start + "'");
    String goingOn = stock.job("PAUSED");
    stock.set(goingOn, "parent = '" + parent + "'");
    stock.set(stock.job("FAILED"), "start = '" + formerStart + "'");

    JsonNode deleted = api.delete("/api/v1/jobs/" + job).is(200).json();

    assertThat(deleted.path("checkpoints"))
        .extracting(JsonNode::asString)
        .containsExactly(formerStart);
    assertThat(deleted.path("kept"))
        .extracting(kept -> kept.path("checkpoint").asString())
        .containsExactly(parent, start, promoted);
    assertThat(deleted.path("kept"))
        .extracting(kept -> kept.path("why").asString())
        .containsExactly(
            "job '%s' (PAUSED) goes on from it".formatted(goingOn),
            "job '%s' (QUEUED) starts from it".formatted(starting),
            "the model 'served' means it");
    api.get("/api/v1/checkpoints/" + promoted + "/files/encoder.safetensors").is(200);
    api.get("/api/v1/checkpoints/" + start + "/files/encoder.safetensors").is(200);
    assertThat(stock.folder(job, 4)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUED", "RUNNING"})
  void aJobThatWaitsOrRunsStays(String state) throws IOException {
    String job = stock.job(state);
    String checkpoint = stock.checkpoint(job, 1);

    Answer refused = api.delete("/api/v1/jobs/" + job);

    refused.isProblem(409, "conflict", job, state);
    assertThat(refused.text("hint")).contains("ancel or pause");
    api.get("/api/v1/jobs/" + job).is(200);
    api.get("/api/v1/checkpoints/" + checkpoint + "/files/encoder.safetensors").is(200);
  }

  @Test
  void aUserWithoutAProperNameDeletesNothing() {
    String job = stock.job("FAILED");

    api.with("Lodisc-User", "no name")
        .delete("/api/v1/jobs/" + job)
        .isProblem(400, "invalid-request", "Lodisc-User");

    api.get("/api/v1/jobs/" + job).is(200);
  }

  private long rows(String table, String job) {
    return jdbc.sql("select count(*) from training." + table + " where job = :job")
        .param("job", job)
        .query(Long.class)
        .single();
  }
}
