package io.lodisc.training.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.queue.Claim;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.RunningJobs;
import io.lodisc.training.support.TrainingTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class JobLogTest {

  @Autowired JobLog log;
  @Autowired JdbcClient jdbc;
  @Autowired Api api;
  private RunningJobs jobs;

  @BeforeEach
  void jobs() {
    jobs = new RunningJobs(jdbc);
  }

  @Test
  void aPieceThatIsSentAgainIsKeptOnce() {
    Claim claim = jobs.first();

    log.append(claim, piece(1, 0, "one\n"));
    log.append(claim, piece(1, 0, "one\n"));
    log.append(claim, piece(1, 4, "two\n"));
    log.append(claim, piece(1, 0, "one\n"));

    assertThat(text(claim)).isEqualTo("one\ntwo\n");
    assertThat(log.shipped(claim.job(), 1)).isEqualTo(8);
    assertThat(events(claim)).isEqualTo(2);
  }

  @Test
  void aStaleWorkerAddsNothingAndTheNextOneAddsWhatItLeft() {
    Claim stale = jobs.first();
    log.append(stale, piece(1, 0, "one\n"));
    Claim claim = jobs.next(stale);

    log.append(stale, piece(1, 4, "never told\n"));
    log.append(claim, piece(1, 4, "two\n"));
    log.append(claim, piece(2, 0, "three\n"));

    assertThat(text(claim)).isEqualTo("one\ntwo\nthree\n");
    assertThat(log.shipped(claim.job(), 1)).isEqualTo(8);
    assertThat(log.shipped(claim.job(), 2)).isEqualTo(6);
    assertThat(log.shipped(claim.job(), 3)).isZero();
  }

  @Test
  void aLogThatGrowsTooLongEndsWithALineThatSaysSo() {
    Claim claim = jobs.first();
    int pieces = 10;
    int length = (int) (JobLog.LIMIT / pieces);
    String line = "~".repeat(length - 1) + "\n";

    for (int i = 0; i < pieces + 3; i++) {
      log.append(claim, piece(1, (long) i * length, line));
    }

    byte[] whole = api.get("/api/v1/jobs/" + claim.job() + "/logs").is(200).bytes();
    assertThat((long) whole.length).isBetween(JobLog.LIMIT - 10, JobLog.LIMIT + 100);
    assertThat(new String(whole, StandardCharsets.UTF_8).lines())
        .hasSize(pieces + 1)
        .last()
        .isEqualTo("[lodisc] The log is longer than 16 MiB; its worker's files have the rest.");
    assertThat(events(claim)).isEqualTo(pieces + 1);
  }

  private static LogPiece piece(long attempt, long from, String text) {
    return new LogPiece(attempt, from, text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(Claim claim) {
    byte[] whole = api.get("/api/v1/jobs/" + claim.job() + "/logs").is(200).bytes();
    return new String(whole, StandardCharsets.UTF_8);
  }

  private int events(Claim claim) {
    return jdbc.sql("select count(*) from training.job_event where job = :job and type = 'log'")
        .param("job", claim.job())
        .query(Integer.class)
        .single();
  }
}
