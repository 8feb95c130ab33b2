package io.lodisc.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodisc.training.follow.LogPiece;
import io.lodisc.training.queue.Claim;
import io.lodisc.training.support.Api;
import io.lodisc.training.support.RunningJobs;
import io.lodisc.training.support.TrainingTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@TrainingTest
class AttemptLogsTest {

  @TempDir Path folder;
  @Autowired JobRecords records;
  @Autowired JdbcClient jdbc;
  @Autowired Api api;

  @Test
  void whatALostWorkerLeftUntoldIsToldByTheNextAttempt() throws IOException {
    RunningJobs jobs = new RunningJobs(jdbc);
    Claim lost = jobs.first();
    Path first = log(lost, "first line\n");
    tell(lost, false);
    Files.writeString(first, "first line\nlast words");
    Claim claim = jobs.next(lost);
    log(claim, "\nsecond attempt\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("attempt-0003")).resolve("log.txt"), "3");
    Files.createDirectory(folder.resolve("attempt-x"));

    tell(lost, true);
    tell(claim, true);
    tell(claim, true);

    assertThat(api.get("/api/v1/jobs/" + claim.job() + "/logs").is(200).bytes())
        .asString()
        .isEqualTo("first line\nlast words\nsecond attempt\n");
  }

  private Path log(Claim claim, String text) throws IOException {
    Path attempt = Files.createDirectory(folder.resolve(claim.attempt()));
    return Files.writeString(attempt.resolve("log.txt"), text);
  }

  private void tell(Claim claim, boolean ended) throws IOException {
    AttemptLogs logs = new AttemptLogs(folder.resolve(claim.attempt()), claim, records);
    for (Optional<LogPiece> piece = logs.next(ended); piece.isPresent(); piece = logs.next(ended)) {
      records.log(claim, piece.get());
      logs.passed(piece.get());
    }
  }
}
