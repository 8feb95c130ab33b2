package io.lodisc.training.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.model.checkpoint.Manifest;
import io.lodisc.model.metrics.Retrieval.Result;
import io.lodisc.training.checkpoint.CheckpointRegistry;
import io.lodisc.training.evaluation.Evaluation;
import io.lodisc.training.evaluation.Measures;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.Checkpointed;
import io.lodisc.training.support.Home;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@TrainingTest(
    properties = {
      "lodisc.training.workers=0",
      "lodisc.training.retention.last=2",
      "lodisc.training.sweep.every=0"
    })
class RetentionTest {

  @Autowired Api api;
  @Autowired Home home;
  @Autowired JdbcClient jdbc;
  @Autowired CheckpointRegistry checkpoints;
  @Autowired Retention retention;
  @Autowired Housekeeper housekeeper;
  private Stock stock;
  private String job;

  @BeforeEach
  void aRunningJob() throws IOException {
    stock = new Stock(jdbc, checkpoints, home);
    stock.claimHome();
    job = stock.job("RUNNING");
  }

  @Test
  void theLastOnesStayAndAnOlderOneIsGoneForItsReaders() throws IOException {
    checkpoints(9, 10, 11);

    retention.after(claim(7));

    assertThat(left()).containsExactly(10L, 11L);
    api.get("/api/v1/checkpoints/" + job + "-9").isProblem(404, "not-found", job + "-9");
    api.get("/api/v1/checkpoints/" + job + "-9/files/encoder.safetensors")
        .isProblem(404, "not-found", job + "-9");
    assertThat(stock.folder(job, 9)).doesNotExist();
    assertThat(stock.folder(job, 10)).isDirectory();
    JsonNode told =
        api.get("/api/v1/audit?subject=" + job + "-9").is(200).json().path("items").path(0);
    assertThat(told.path("who").asString()).isEqualTo("retention");
    assertThat(told.path("what").asString()).isEqualTo("checkpoint.delete");
    assertThat(told.path("why").asString()).contains("last 2", "classToken.mAP");
  }

  @Test
  void theFirstWithTheBestEvaluationStays() throws IOException {
    evaluated(1, 0.25);
    evaluated(2, 0.75);
    evaluated(3, 0.75);
    evaluated(4, 0.5);
    checkpoints(5, 6);

    retention.after(claim(7));

    assertThat(left()).containsExactly(2L, 5L, 6L);
  }

  @Test
  void thePromotedAndThoseThatUnfinishedJobsUseStay() throws IOException {
    checkpoints(1, 2, 3, 4, 5, 6, 7);
    api.put("/api/v1/models/kept", "{\"checkpoint\":\"%s-1\"}".formatted(job)).is(200);
    String waiting = stock.job("QUEUED");
    stock.set(waiting, "start = '%s-2'".formatted(job));
    stock.set(stock.job("PAUSED"), "parent = '%s-3'".formatted(job));
    stock.set(stock.job("FAILED"), "start = '%s-4', parent = '%s-5'".formatted(job, job));

    retention.after(claim(7));

    assertThat(left()).containsExactly(1L, 2L, 3L, 6L, 7L);
    stock.set(waiting, "state = 'CANCELLED'");
    retention.after(claim(7));
    assertThat(left()).containsExactly(1L, 3L, 6L, 7L);
  }

  @Test
  void aWorkerThatLostTheJobDeletesNothing() throws IOException {
    checkpoints(1, 2, 3);

    retention.after(claim(6));

    assertThat(left()).containsExactly(1L, 2L, 3L);
    assertThat(stock.folder(job, 1)).isDirectory();
  }

  @Test
  void theSweepTidiesJobsThatNoWorkerHolds() throws IOException {
    checkpoints(1, 2, 3);
    String ended = stock.job("SUCCEEDED");
    for (long step = 1; step <= 3; step++) {
      stock.checkpoint(ended, step);
    }

    housekeeper.tidy();

    assertThat(left()).as("of the running job").containsExactly(1L, 2L, 3L);
    assertThat(left(ended)).containsExactly(2L, 3L);
    assertThat(stock.folder(ended, 1)).doesNotExist();
  }

  @Test
  void theNewestOfAnUnfinishedJobStaysThoughOthersHaveMoreSteps() throws IOException {
    checkpoints(1, 2, 3);
    stock.set(job, "checkpoint = '%s-1'".formatted(job));

    retention.after(claim(7));

    assertThat(left()).containsExactly(1L, 2L, 3L);
  }

  private void checkpoints(long... steps) throws IOException {
    for (long step : steps) {
      stock.checkpoint(job, step);
    }
  }

  /** A checkpoint of an epoch of one step, after which that mAP was measured. */
  private void evaluated(int epoch, double meanAveragePrecision) throws IOException {
    Measures measures =
        new Measures(
            new Result(new TreeMap<>(Map.of(1, 0.5)), meanAveragePrecision, 9, 9, 0),
            null,
            null,
            null,
            null,
            null,
            null);
    Evaluation evaluation = new Evaluation("test", 9, 0, 0, measures, null, null, List.of());
    Map<String, Object> log =
        Map.of(
            "steps",
            0,
            "sums",
            Map.of(),
            "epochs",
            List.of(),
            "evaluations",
            Map.of("evaluations", Map.of(epoch, evaluation)));
    Manifest about = Checkpointed.about(job, "nowhere", epoch, epoch, null, log);
    stock.published(job, epoch, Checkpointed.write(stock.folder(job, epoch), about));
  }

  private Claim claim(long fence) {
    return new Claim(job, "pretrain", "w", fence, null);
  }

  private List<Long> left() {
    return left(job);
  }

  private List<Long> left(String of) {
    return jdbc.sql("select step from training.checkpoint where job = :job order by step")
        .param("job", of)
        .query(Long.class)
        .list();
  }
}
